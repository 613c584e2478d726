import { createRegistry } from '@dc/core'
import { plugins as losses } from '@dc/losses'

const registry = createRegistry([losses])
registry.create('loss', 'swapped-cross-entropy', {}) // a wrong name or option does not compile
registry.make('loss', 'swapped-cross-entropy' as string) // a name known only at run time
