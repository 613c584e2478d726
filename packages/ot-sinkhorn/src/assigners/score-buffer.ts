import { DataError, type NamedTensors, ShapeError, tf } from '@dc/core'
import { bufferContent } from './device/device-buffer'

/** One batch in the buffer. */
interface Slot {
  readonly scores: Float32Array
  /** Costs −log softmax of the scores. */
  readonly cost: Float64Array
  /** Row numbers in the data set; −1 where unknown. */
  readonly rows: Int32Array
}

/** The scores of the last batches. Transport is solved over all their rows, which are more than one batch has. */
export interface ScoreBuffer {
  /**
   * Puts a batch into the ring. The first view goes into the next slot; later views of the batch overwrite that slot.
   *
   * @returns where its rows stand in {@link all}
   */
  put(scores: Float32Array, rows: Int32Array, columns: number, view: number): { from: number; to: number }
  /** Costs and row numbers of all slots, oldest slot first. */
  all(): { cost: Float64Array; rows: Int32Array; columns: number }
  state(): NamedTensors
  restore(state: NamedTensors): void
}

/** Makes a ring of `batches` slots. */
export function createScoreBuffer(batches: number): ScoreBuffer {
  let slots: Slot[] = []
  let width = 0
  return {
    put(scores, rows, columns, view) {
      if (width !== 0 && columns !== width)
        throw new ShapeError('scores', [rows.length, columns], `${width} columns, as the buffer holds`)
      const slot = { scores, rows, cost: crossEntropyCosts(scores, rows.length, columns) }
      width = columns
      if (view > 0 && slots.length > 0) slots[slots.length - 1] = slot
      else slots.push(slot)
      if (slots.length > batches) slots.shift()
      const total = slots.reduce((count, s) => count + s.rows.length, 0)
      return { from: total - rows.length, to: total }
    },
    all() {
      const total = slots.reduce((count, slot) => count + slot.rows.length, 0)
      const cost = new Float64Array(total * width)
      const rows = new Int32Array(total)
      let at = 0
      for (const slot of slots) {
        cost.set(slot.cost, at * width)
        rows.set(slot.rows, at)
        at += slot.rows.length
      }
      return { cost, rows, columns: width }
    },
    state() {
      const lengths = Int32Array.from(slots, (slot) => slot.rows.length)
      const scores = new Float32Array(lengths.reduce((s, n) => s + n, 0) * width)
      let at = 0
      for (const slot of slots) {
        scores.set(slot.scores, at)
        at += slot.scores.length
      }
      return {
        bufferLengths: tf.tensor1d(lengths, 'int32'),
        bufferRows: tf.tensor1d(this.all().rows, 'int32'),
        bufferScores: tf.tensor2d(scores, [width === 0 ? 0 : scores.length / width, width]),
      }
    },
    restore(state) {
      const content = bufferContent(state)
      width = content?.columns ?? 0
      let at = 0
      slots = (content?.lengths ?? []).map((length) => {
        const scores = content!.scores.slice(at * width, (at + length) * width)
        const rows = content!.rows.slice(at, at + length)
        at += length
        return { scores, rows, cost: crossEntropyCosts(scores, length, width) }
      })
    },
  }
}

/** C = −log softmax of logits, in float64. */
function crossEntropyCosts(logits: Float32Array, rows: number, columns: number): Float64Array {
  const cost = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const at = i * columns
    let most = Number.NEGATIVE_INFINITY
    for (let j = 0; j < columns; j++) most = Math.max(most, logits[at + j])
    let total = 0
    for (let j = 0; j < columns; j++) total += Math.exp(logits[at + j] - most)
    const shift = most + Math.log(total)
    if (!Number.isFinite(shift))
      throw new DataError(`scores has values that are not finite in row ${i}.`, { row: i, value: shift })
    for (let j = 0; j < columns; j++) cost[at + j] = shift - logits[at + j]
  }
  return cost
}
