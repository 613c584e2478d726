import { withKernels } from '../kernels/memory'
import type { SymmetricOperator } from '../laplacian'
import { lendSparse } from '../sparse/sparse-rows'
import type { Block } from './blocks'

/** `next = scale · (A current − centre · current) − keep · before`, then next becomes current and current before. */
type Step = (scale: number, centre: number, keep: number) => void

/**
 * `p(A) X`, p the Chebyshev polynomial of [cut, upper], scaled to 1 at `lowest` so that nothing overflows (Zhou, Saad,
 * Tiago and Chelikowsky 2006, algorithm 3.1).
 *
 * @param x `[n, width]`
 * @param lowest an eigenvalue's estimate below `cut`
 * @param degree of the polynomial, 1 or more
 */
export function chebyshevFilter(
  operator: SymmetricOperator,
  x: Block,
  { lowest, cut, upper }: { lowest: number; cut: number; upper: number },
  degree: number,
): Block {
  const centre = (upper + cut) / 2
  const half = Math.max((upper - cut) / 2, Number.EPSILON * Math.abs(upper))
  const first = half / Math.min(lowest - centre, -half)
  const recurrence = (step: Step) => {
    let sigma = first
    step(first / half, centre, 0)
    for (let k = 2; k <= degree; k++) {
      const ratio = 1 / (2 / first - sigma)
      step((2 * ratio) / half, centre, sigma * ratio)
      sigma = ratio
    }
  }
  return { values: (operator.matrix ? byKernel : byOperator)(operator, x, recurrence), width: x.width }
}

function byOperator(operator: SymmetricOperator, x: Block, recurrence: (step: Step) => void): Float64Array {
  let before: Float64Array = new Float64Array(x.values.length)
  let current: Float64Array = x.values.slice()
  let next: Float64Array = new Float64Array(x.values.length)
  recurrence((scale, centre, keep) => {
    operator.apply(current, x.width, next)
    for (let at = 0; at < next.length; at++) next[at] = scale * (next[at] - centre * current[at]) - keep * before[at]
    ;[before, current, next] = [current, next, before]
  })
  return current
}

/** The same filter in the kernels' memory, where matrix and blocks stay for all steps. */
function byKernel({ matrix }: SymmetricOperator, x: Block, recurrence: (step: Step) => void): Float64Array {
  return withKernels((lender) => {
    const a = lendSparse(matrix!, lender)
    let [before, current, next] = [x, x, x].map(({ values }) => lender.floats(values.length))
    before.values.fill(0)
    current.values.set(x.values)
    recurrence((scale, centre, keep) => {
      const [from, to] = [current.pointer, next.pointer]
      lender.kernels.recur(...a, x.width, from, before.pointer, scale, centre, keep, to)
      ;[before, current, next] = [current, next, before]
    })
    return current.values.slice()
  })
}
