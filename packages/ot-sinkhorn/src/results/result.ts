import { OptionError, ShapeError } from '@dc/core/plugin'
import type { TransportProblem } from '../problems/problem'
import type { PlanRange, VisitRows } from '../solvers/kernel-matrix'
import { type Objectives, objectives } from './objectives'
import { eachChunk } from './plan-rows'
import type { Potentials, Solution } from './potentials'

/** How a solve ended. */
export interface SolveReport {
  readonly method: 'newton' | 'scaling'
  /** Whether the error reached the tolerance. If it did not, that is no exception. */
  readonly converged: boolean
  /** 1-norm of the error of the column marginals, relative to the mass that moves; the rows are exact. */
  readonly error: number
  /** The error at each check, oldest first. */
  readonly errors: readonly number[]
  /** Newton steps or scaling rounds. */
  readonly iterations: number
  /** Threads that may have shared the rows, and may share those of the plan. */
  readonly threads: number
}

/** A solved problem: the potentials, and values that are computed from them on request. */
export interface TransportResult extends SolveReport {
  readonly problem: TransportProblem
  readonly potentials: Potentials
  /** Mass that each row gives to real columns. */
  readonly rowSums: Float64Array
  /** Mass that each real column takes, over all shards. */
  readonly columnSums: Float64Array
  /** Mass that moves to real columns, over all shards. */
  readonly mass: number
  /** The plan, or rows `from` to below `to` of it, times `scale`, row after row; computed at every call. */
  plan(options?: { scale?: number; from?: number; to?: number; out?: Float64Array }): Float64Array
  /** The column of the largest entry in each row, found without forming the plan; −1 for a row of forbidden pairs alone. */
  argmax(): Int32Array
  /** P·X without forming P: `columns × width` vectors to `rows × width`. */
  apply(vectors: Float64Array, width: number): Float64Array
  /** Pᵀ·X without forming P: `rows × width` vectors to `columns × width`, of this shard's rows. */
  applyTransposed(vectors: Float64Array, width: number): Float64Array
  /** Named values, each with its formula; computed once, when first asked for. */
  objectives(): Objectives
}

/**
 * Wraps a solution as a result.
 *
 * @param kept visits rows of the plan that the solver still holds; returns `false` if it holds them no longer
 */
export function createResult(
  problem: TransportProblem,
  solution: Solution,
  report: SolveReport,
  kept: (visit: VisitRows, range: PlanRange) => boolean = () => false,
): TransportResult {
  const { rows, columns } = problem
  const eachRows = (visit: VisitRows, { from = 0, to = rows, scale = 1 } = {}) => {
    if (kept(visit, { from, to, scale })) return
    eachChunk(problem, solution, visit, { from, to, shift: Math.log(scale), threads: report.threads })
  }
  const real = solution.columnSums.slice(0, columns)
  let known: Objectives | undefined
  const result: TransportResult = {
    ...report,
    problem,
    potentials: solution.potentials,
    rowSums: solution.rowSums,
    columnSums: real,
    mass: real.reduce((s, x) => s + x, 0),
    plan({ scale = 1, from = 0, to = rows, out = new Float64Array((to - from) * columns) } = {}) {
      if (!(from >= 0 && from <= to && to <= rows)) throw new OptionError('from, to', [from, to], `rows 0 to ${rows}`)
      if (out.length !== (to - from) * columns)
        throw new ShapeError('out', [out.length], `${(to - from) * columns} values`)
      eachRows((chunk, row) => out.set(chunk, (row - from) * columns), { from, to, scale })
      return out
    },
    argmax: () => argmax(problem, solution),
    apply(vectors, width) {
      if (vectors.length !== columns * width)
        throw new ShapeError('vectors', [vectors.length], `${columns} columns × width ${width} values`)
      const out = new Float64Array(rows * width)
      eachRows((chunk, from, count) => {
        for (let i = 0; i < count; i++)
          for (let j = 0; j < columns; j++) {
            const p = chunk[i * columns + j]
            for (let d = 0; d < width; d++) out[(from + i) * width + d] += p * vectors[j * width + d]
          }
      })
      return out
    },
    applyTransposed(vectors, width) {
      if (vectors.length !== rows * width)
        throw new ShapeError('vectors', [vectors.length], `${rows} rows × width ${width} values`)
      const out = new Float64Array(columns * width)
      eachRows((chunk, from, count) => {
        for (let i = 0; i < count; i++)
          for (let j = 0; j < columns; j++) {
            const p = chunk[i * columns + j]
            for (let d = 0; d < width; d++) out[j * width + d] += p * vectors[(from + i) * width + d]
          }
      })
      return out
    },
    objectives: () => (known ??= objectives(problem, solution, result.rowSums)),
  }
  return result
}

function argmax({ rows, columns, cost, epsilon }: TransportProblem, { psi }: Solution): Int32Array {
  const labels = new Int32Array(rows).fill(-1)
  for (let i = 0; i < rows; i++) {
    let best = Number.NEGATIVE_INFINITY
    for (let j = 0; j < columns; j++) {
      const value = psi[j] * epsilon - cost[i * columns + j]
      if (value > best) {
        best = value
        labels[i] = j
      }
    }
  }
  return labels
}
