import { withKernels } from '../kernels/memory'
import { laneCount } from '../kernels/threads'
import type { TransportProblem } from '../problems/problem'
import { takeOff } from '../solvers/base'
import type { VisitRows } from '../solvers/kernel-matrix'
import type { Solution } from './potentials'

const chunkLength = 65_536

/** Visits rows of the plan times e^shift, a few at a time. The chunk is reused. */
export function eachChunk(
  { rows, columns, cost, epsilon }: TransportProblem,
  { phi, psi, base }: Solution,
  visit: VisitRows,
  { from: first = 0, to: end = rows, shift = 0, threads = 1 } = {},
) {
  const perChunk = Math.max(1, Math.min(rows, Math.floor(chunkLength / columns)))
  const width = (columns + 1) & ~1
  withKernels((_, allocate, parallel) => {
    const shifts = allocate(width)
    shifts.values.set(psi.subarray(0, columns))
    const lanes = Array.from({ length: laneCount(threads) }, () => ({
      costs: allocate(perChunk * columns),
      // A row with an odd number of columns writes one padding value into the next row, which then overwrites it.
      out: allocate(perChunk * columns + 1),
      m: allocate(perChunk),
    }))
    parallel.chunks({
      ...{ from: first, to: end, chunk: perChunk, threads },
      before({ lane, from, count }) {
        const { costs, m } = lanes[lane]
        costs.values.set(cost.subarray(from * columns, (from + count) * columns))
        takeOff(base, costs.values, { from, count, columns })
        for (let i = 0; i < count; i++) m.values[i] = -phi[from + i] - shift
      },
      call({ lane, count }) {
        const { costs, out, m } = lanes[lane]
        const shape = [columns, width, -1, count]
        return [
          'exponentials',
          costs.pointer,
          columns,
          out.pointer,
          ...shape,
          shifts.pointer,
          1 / epsilon,
          m.pointer,
          0,
        ]
      },
      after: ({ lane, from, count }) => visit(lanes[lane].out.values.subarray(0, count * columns), from, count),
    })
  })
}
