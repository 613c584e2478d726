import { bootsc } from './bootsc'
import { dscl } from './dscl'
import { otdc } from './otdc'
import { p2ot, pot, sp2ot, uot } from './sp2ot'

export { bootsc, dscl, otdc, p2ot, pot, sp2ot, uot }

/** The published systems and their ablations. */
export const systems = [bootsc, otdc, sp2ot, p2ot, uot, pot, dscl] as const
