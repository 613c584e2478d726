import {
  type AssignContext,
  type Assigner,
  type NamedTensors,
  onHost,
  ShapeError,
  type SparseRows,
  type tf,
} from '@dc/core'
import { z } from 'zod'
import { matchPrior } from '../problems/match-prior'
import type { P2otOptions } from '../problems/p2ot'
import type { TransportResult } from '../results/result'
import { createLastLabels } from './last-labels'
import { rhoAt, rhoOptions } from './rho-schedule'
import { createScoreBuffer } from './score-buffer'
import { createSolveLog, type Solved } from './solve-log'
import { solverOptions } from './solver-choice'
import { packFloat64, unpackFloat64 } from './state'

/** Options that the two progressive assigners share. */
export const progressiveOptions = z.strictObject({
  rho: rhoOptions,
  /** Weight ε of the entropy. */
  epsilon: z.number().positive().default(0.1),
  /** KL weight γ of the cluster sizes. */
  gamma: z.number().positive().default(1),
  /** Expected relative cluster sizes; equal if left out. */
  prior: z.array(z.number().min(0)).optional(),
  /** `given`: entry j of the prior is of cluster j. `predicted`: its largest entry is of the cluster predicted largest, and so on. */
  priorOrder: z.enum(['given', 'predicted']).default('given'),
  /** How many of the last batches the problem is solved over, the current one included. */
  batches: z.int().positive().default(10),
  tolerance: z.number().positive().default(1e-9),
  ...solverOptions,
})

/** What {@link progressiveOptions} gives. */
export type ProgressiveOptions = z.output<typeof progressiveOptions>

/** A solve over the whole buffer, and how it went. */
export type BufferSolved = Pick<TransportResult, 'plan' | 'potentials'> & Solved

/** Solves over the whole buffer; `rows` are its row numbers in the data set. */
export type SolveBuffer = (problem: P2otOptions, rows: Int32Array, start: Float64Array | undefined) => BufferSolved

/**
 * An assigner that keeps the last batches' scores and solves one problem over all of them. It gives the current batch's rows of N·Q.
 * Their sums are at most 1: the rows' confidences. The second view of a batch replaces the first in the buffer.
 *
 * Its `epochLogs` count the solves that did not converge; a plan whose mass is not ρ is an error.
 *
 * @param semantic whether it is SP²OT's. The context must then tell the rows' numbers in the data set, and the logs also count the
 *   solves whose objective did not settle
 */
export function createProgressive(options: ProgressiveOptions, solveBuffer: SolveBuffer, semantic = false): Assigner {
  const { epsilon, gamma, tolerance } = options
  const buffer = createScoreBuffer(options.batches)
  const given = createLastLabels()
  const log = createSolveLog(semantic)
  let start: Float64Array | undefined
  return {
    assign(scores: tf.Tensor2D, context: AssignContext = {}) {
      const [n, columns] = scores.shape
      return onHost<tf.Tensor2D>(scores, scores.shape, (values) => {
        const rho = rhoAt(options.rho, context.progress)
        const numbers = rowNumbers(context, n, semantic)
        const { from, to } = buffer.put(values, numbers, columns, context.view ?? 0)
        const { cost, rows } = buffer.all()
        const predicted = options.priorOrder === 'predicted'
        const prior =
          options.prior && predicted ? matchPrior(options.prior, predictedSizes(cost, columns)) : options.prior
        const problem = { cost, rows: rows.length, columns, rho, epsilon, gamma, prior }
        // Below ρ = 1 there is a virtual column, with the last potential. Potentials from below 1 are no start at 1.
        const width = rho < 1 ? columns + 1 : columns
        const solved = solveBuffer(problem, rows, start?.length === width ? start : undefined)
        log.note(solved, rho, tolerance)
        start = solved.potentials.columns
        const targets = new Float32Array(solved.plan({ scale: rows.length, from, to }))
        given.put(numbers, targets)
        return targets
      })
    },
    pseudoLabels: given.all,
    epochLogs: log.epochLogs,
    state: () => ({
      ...{ ...buffer.state(), ...given.state(), ...log.state() },
      potentials: packFloat64(start ?? new Float64Array(0)),
    }),
    restore(state: NamedTensors) {
      buffer.restore(state)
      given.restore(state)
      log.restore(state)
      // The device solver's are in float32 and other units; the next solve does without.
      const potentials = state.potentials ? unpackFloat64(state.potentials) : []
      start = potentials.length > 0 ? (potentials as Float64Array) : undefined
    },
  }
}

/** The numbers of a batch's rows in the data set; −1 where nobody says. */
export function rowNumbers({ rows }: AssignContext, n: number, needed: boolean): Int32Array {
  if (rows?.length === n) return rows
  if (rows || needed)
    throw new ShapeError('context.rows', [rows?.length ?? null], `${n} row numbers, one per score row`)
  return new Int32Array(n).fill(-1)
}

/** Column sums of the predictions exp(−C). */
function predictedSizes(cost: Float64Array, columns: number): Float64Array {
  const sizes = new Float64Array(columns)
  for (let at = 0; at < cost.length; at++) sizes[at % columns] += Math.exp(-cost[at])
  return sizes
}

/**
 * Neighbours among buffered rows: entry (p, q) where the data set's row at p has the row at q as neighbour. A row that
 * is buffered twice counts twice, as in the reference.
 */
export function neighboursIn(similarity: SparseRows, rows: Int32Array): SparseRows {
  const positions = new Map<number, number[]>()
  rows.forEach((row, p) => {
    const known = positions.get(row)
    if (known) known.push(p)
    else positions.set(row, [p])
  })
  const offsets = new Int32Array(rows.length + 1)
  const indices: number[] = []
  const values: number[] = []
  rows.forEach((row, p) => {
    if (row >= 0)
      for (let s = similarity.offsets[row]; s < similarity.offsets[row + 1]; s++)
        for (const q of positions.get(similarity.indices[s]) ?? []) {
          indices.push(q)
          values.push(similarity.values[s])
        }
    offsets[p + 1] = indices.length
  })
  return {
    rows: rows.length,
    columns: rows.length,
    offsets,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  }
}
