import { agreement } from './agreement.js'
import { brier } from './brier.js'

export { agreement, brier }

/** What `dclust --plugin` looks for. */
export const plugins = [brier, agreement]
