import { OptionError, ShapeError } from '@dc/core'
import { withKernels } from '../kernels/memory'
import { laneCount } from '../kernels/threads'
import type { TransportProblem } from '../problems/problem'
import type { PlanRange, VisitRows } from '../solvers/kernel-matrix'
import { type Objectives, objectives } from './objectives'

/** Potentials in the units of the costs: P_ij = exp((rows_i + columns_j − C_ij) / ε). */
export interface Potentials {
  readonly rows: Float64Array
  /** One per column, and last the virtual column's if the problem has one; −∞ for a column without mass. */
  readonly columns: Float64Array
  /** Potential of the total mass, for limits; it is part of `rows` as well. */
  readonly mass?: number
}

/** How a solve went. */
export interface SolveReport {
  readonly method: 'newton' | 'scaling'
  /** Whether the error reached the tolerance. Not doing so is data, no exception. */
  readonly converged: boolean
  /** 1-norm of the error of the column marginals, relative to the mass; the rows are exact. */
  readonly error: number
  /** The error at each check, oldest first. */
  readonly errors: readonly number[]
  /** Newton steps or scaling rounds. */
  readonly iterations: number
  /** Threads that shared the rows, and will share those of the plan. */
  readonly threads: number
}

/** A solved problem: potentials, and everything that follows from them when asked for. */
export interface TransportResult extends SolveReport {
  readonly problem: TransportProblem
  readonly potentials: Potentials
  /** Mass each row gives to real columns. */
  readonly rowSums: Float64Array
  /** Mass each real column takes, all shards together. */
  readonly columnSums: Float64Array
  /** Mass that is moved to real columns, all shards together. */
  readonly mass: number
  /** The plan, or rows `from` to below `to` of it, times `scale`, row after row; computed at every call. */
  plan(options?: { scale?: number; from?: number; to?: number; out?: Float64Array }): Float64Array
  /** The likeliest column of each row, without forming the plan. */
  argmax(): Int32Array
  /** P·X without forming P: `columns × width` vectors to `rows × width`. */
  apply(vectors: Float64Array, width: number): Float64Array
  /** Pᵀ·X without forming P: `rows × width` vectors to `columns × width`, of this shard's rows. */
  applyTransposed(vectors: Float64Array, width: number): Float64Array
  /** Named values, each with its formula; computed once, when first asked for. */
  objectives(): Objectives
}

/**
 * Wraps potentials as a result. `columnSums` has the virtual column last, if there is one.
 *
 * @param kept visits rows of the plan that the solver still has at hand, or tells by `false` that it has not
 */
export function createResult(
  problem: TransportProblem,
  potentials: Potentials,
  columnSums: Float64Array,
  report: SolveReport,
  kept: (visit: VisitRows, range: PlanRange) => boolean = () => false,
): TransportResult {
  const { rows, columns } = problem
  const eachRows = (visit: VisitRows, { from = 0, to = rows, scale = 1 } = {}) => {
    if (kept(visit, { from, to, scale })) return
    eachChunk(problem, potentials, visit, { from, to, shift: Math.log(scale), threads: report.threads })
  }
  const real = columnSums.slice(0, columns)
  let known: Objectives | undefined
  const result: TransportResult = {
    ...report,
    problem,
    potentials,
    rowSums: rowSums(problem, potentials),
    columnSums: real,
    mass: real.reduce((s, x) => s + x, 0),
    plan({ scale = 1, from = 0, to = rows, out = new Float64Array((to - from) * columns) } = {}) {
      if (!(from >= 0 && from <= to && to <= rows)) throw new OptionError('from, to', [from, to], `rows 0 to ${rows}`)
      if (out.length !== (to - from) * columns)
        throw new ShapeError('out', [out.length], `${(to - from) * columns} values`)
      eachRows((chunk, row) => out.set(chunk, (row - from) * columns), { from, to, scale })
      return out
    },
    argmax: () => argmax(problem, potentials),
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
    objectives: () => (known ??= objectives(problem, potentials, result.rowSums)),
  }
  return result
}

/** Row sums over real columns, by chunks. */
function rowSums(problem: TransportProblem, potentials: Potentials): Float64Array {
  const { rows, columns, epsilon, virtual, rowMarginal } = problem
  if (rowMarginal.relaxation === Infinity && !rowMarginal.limit && virtual === undefined) return rowMarginal.mass
  const sums = new Float64Array(rows)
  if (virtual !== undefined && rowMarginal.relaxation === Infinity) {
    // The row is exact as a whole; what the virtual column took is known.
    for (let i = 0; i < rows; i++) {
      const away = Math.exp((potentials.rows[i] + potentials.columns[columns]) / epsilon)
      sums[i] = Math.max(0, rowMarginal.mass[i] - away)
    }
    return sums
  }
  eachChunk(problem, potentials, (chunk, from, count) => {
    for (let i = 0; i < count; i++) for (let j = 0; j < columns; j++) sums[from + i] += chunk[i * columns + j]
  })
  return sums
}

function argmax({ rows, columns, cost }: TransportProblem, { columns: g }: Potentials): Int32Array {
  const labels = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    let best = Number.NEGATIVE_INFINITY
    for (let j = 0; j < columns; j++) {
      const value = g[j] - cost[i * columns + j]
      if (value > best) {
        best = value
        labels[i] = j
      }
    }
  }
  return labels
}

const chunkLength = 65_536

/** Rows of the plan times e^shift, a few at a time; the chunk is reused. */
export function eachChunk(
  { rows, columns, cost, epsilon }: TransportProblem,
  potentials: Potentials,
  visit: VisitRows,
  { from: first = 0, to: end = rows, shift = 0, threads = 1 } = {},
) {
  const perChunk = Math.max(1, Math.min(rows, Math.floor(chunkLength / columns)))
  const width = (columns + 1) & ~1
  withKernels((_, allocate, parallel) => {
    const psi = allocate(width)
    for (let j = 0; j < columns; j++) psi.values[j] = potentials.columns[j] / epsilon
    const lanes = Array.from({ length: laneCount(threads) }, () => ({
      costs: allocate(perChunk * columns),
      // Rows of an odd number of columns overlap the next one by the padding, which the next row then overwrites.
      out: allocate(perChunk * columns + 1),
      m: allocate(perChunk),
    }))
    parallel.chunks({
      ...{ from: first, to: end, chunk: perChunk, threads },
      before({ lane, from, count }) {
        const { costs, m } = lanes[lane]
        costs.values.set(cost.subarray(from * columns, (from + count) * columns))
        for (let i = 0; i < count; i++) m.values[i] = -potentials.rows[from + i] / epsilon - shift
      },
      call({ lane, count }) {
        const { costs, out, m } = lanes[lane]
        const shape = [columns, width, -1, count]
        return ['exponentials', costs.pointer, columns, out.pointer, ...shape, psi.pointer, 1 / epsilon, m.pointer, 0]
      },
      after: ({ lane, from, count }) => visit(lanes[lane].out.values.subarray(0, count * columns), from, count),
    })
  })
}
