import { type NamedTensors, type SparseRows, tf } from '@dc/core'
import { plusTransposed } from '../../problems/sp2ot'
import { neighboursIn } from '../progressive'

/** Lengths of lists are multiples of it, and never shrink: a new length is a new shape, and a new shape a new graph. */
const stride = 8
/** Numbers that a gather may make at once. */
const mostGathered = 1 << 24

/** Tells which of the last batches' rows are neighbours, as lists of one length. */
export interface NeighbourLists {
  /** A batch's row numbers follow those of the batches before. */
  push(rows: Int32Array): void
  /** S + Sᵀ among the buffered rows: places `[rows, length]`, and similarities, 0 where a list is shorter. */
  tensors(similarity: SparseRows): NamedTensors
}

/**
 * @param slots batches that are kept
 * @param capacity rows of a slot; −1 fills one that is not full
 * @param known row numbers of the slots, the oldest first
 */
export function createNeighbourLists(
  slots: number,
  capacity: number,
  known: readonly Int32Array[] = [],
): NeighbourLists {
  const ring: Int32Array[] = []
  let length = stride
  const push = (rows: Int32Array) => {
    const slot = new Int32Array(capacity).fill(-1)
    slot.set(rows)
    ring.push(slot)
    if (ring.length > slots) ring.shift()
  }
  for (let slot = 0; slot < slots; slot++) push(new Int32Array(0))
  for (const rows of known) push(rows)
  return {
    push,
    tensors(similarity) {
      const rows = new Int32Array(slots * capacity)
      ring.forEach((slot, s) => void rows.set(slot, s * capacity))
      const { offsets, indices, values } = plusTransposed(neighboursIn(similarity, rows), rows.length)
      for (let p = 0; p < rows.length; p++) while (length < offsets[p + 1] - offsets[p]) length += stride
      const places = new Int32Array(rows.length * length)
      const similarities = new Float32Array(rows.length * length)
      for (let p = 0; p < rows.length; p++) {
        places.set(indices.subarray(offsets[p], offsets[p + 1]), p * length)
        similarities.set(values.subarray(offsets[p], offsets[p + 1]), p * length)
      }
      return {
        places: tf.tensor2d(places, [rows.length, length], 'int32'),
        similarities: tf.tensor2d(similarities, [rows.length, length]),
      }
    },
  }
}

/** (S + Sᵀ) Q by gathers from the lists, `[rows, k]`, a few columns of the lists at a time. */
export function applyNeighbours(plan: tf.Tensor2D, places: tf.Tensor2D, similarities: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [rows, length] = places.shape
    const columns = plan.shape[1]
    const most = Math.max(1, Math.floor(mostGathered / (rows * columns)))
    let sum: tf.Tensor2D | null = null
    for (let from = 0; from < length; from += most) {
      const width = Math.min(most, length - from)
      const near = plan
        .gather(places.slice([0, from], [rows, width]).reshape<tf.Tensor1D>([-1]))
        .reshape<tf.Tensor3D>([rows, width, columns])
      const part = similarities
        .slice([0, from], [rows, width])
        .expandDims<tf.Tensor3D>(2)
        .mul<tf.Tensor3D>(near)
        .sum<tf.Tensor2D>(1)
      sum = sum === null ? part : sum.add<tf.Tensor2D>(part)
    }
    return sum!
  })
}
