import { type NamedTensors, ShapeError, tf } from '@dc/core'

/** The scores of the last batches, on the device: as many slots as batches, the newest last. */
export interface DeviceBuffer {
  /** Rows of a slot. */
  readonly capacity: number
  /**
   * Puts a batch into the last slot, after the others have moved on; a later view of the batch replaces it instead.
   *
   * @param rows numbers in the data set, `[n]`
   */
  put(scores: tf.Tensor2D, rows: tf.Tensor1D, view: number): void
  /** All slots in a row: scores `[slots · capacity, k]`, and 1 where there is a row, else 0, `[slots · capacity, 1]`. */
  all(): { scores: tf.Tensor2D; present: tf.Tensor2D }
  state(): NamedTensors
  dispose(): void
}

/** What is in a buffer, of whichever solver: scores of all slots, the oldest first, and the number of rows of each. */
export interface BufferContent {
  readonly lengths: readonly number[]
  readonly columns: number
  /** Slot after slot, row after row. */
  readonly scores: Float32Array
  readonly rows: Int32Array
}

/** Makes a buffer of empty slots, or of the last ones of a content. */
export function createDeviceBuffer(
  { slots, capacity, columns }: { slots: number; capacity: number; columns: number },
  content?: BufferContent,
): DeviceBuffer {
  const scores = new Float32Array(slots * capacity * columns)
  const present = new Float32Array(slots * capacity)
  const rows = new Int32Array(slots * capacity).fill(-1)
  if (content) {
    if (content.columns !== columns)
      throw new ShapeError('scores', [capacity, columns], `${content.columns} columns, as the buffer holds`)
    let at = content.rows.length
    for (let slot = slots - 1, from = content.lengths.length - 1; slot >= 0 && from >= 0; slot--, from--) {
      const length = content.lengths[from]
      at -= length
      scores.set(content.scores.subarray(at * columns, (at + length) * columns), slot * capacity * columns)
      rows.set(content.rows.subarray(at, at + length), slot * capacity)
      present.fill(1, slot * capacity, slot * capacity + length)
    }
  }
  const variable = (values: Float32Array | Int32Array, shape: number[]) =>
    tf.tidy(() => tf.variable(tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32'), false))
  const held = {
    scores: variable(scores, [slots, capacity, columns]),
    present: variable(present, [slots, capacity]),
    rows: variable(rows, [slots, capacity]),
  }
  const putInto = (variable: tf.Variable, batch: tf.Tensor, filler: number, view: number) => {
    const padding = batch.shape.map((_, axis): [number, number] => [0, axis === 0 ? capacity - batch.shape[0] : 0])
    const slot = batch.pad(padding, filler).expandDims(0)
    const kept = variable.slice([view > 0 ? 0 : 1], [slots - 1])
    variable.assign(slots === 1 ? slot : tf.concat([kept, slot], 0))
  }
  return {
    capacity,
    put(batch, numbers, view) {
      const [n, width] = batch.shape
      if (width !== columns) throw new ShapeError('scores', batch.shape, `${columns} columns, as the buffer holds`)
      tf.tidy(() => {
        putInto(held.scores, batch, 0, view)
        putInto(held.present, tf.ones([n]), 0, view)
        putInto(held.rows, numbers, -1, view)
      })
    },
    all: () => ({
      scores: held.scores.reshape([slots * capacity, columns]),
      present: held.present.reshape([slots * capacity, 1]),
    }),
    state: () => ({
      bufferScores: held.scores.clone(),
      bufferPresent: held.present.clone(),
      bufferRows: held.rows.clone(),
    }),
    dispose: () => tf.dispose(held),
  }
}

/** Reads a buffer from the state of either solver; null where the state has none or an empty one. */
export function bufferContent(state: Partial<NamedTensors>): BufferContent | null {
  const { bufferScores, bufferRows, bufferPresent, bufferLengths } = state
  if (!bufferScores || !bufferRows) return null
  const columns = bufferScores.shape.at(-1) ?? 0
  const [scores, rows] = [bufferScores.dataSync<'float32'>(), Int32Array.from(bufferRows.dataSync())]
  if (bufferLengths) return columns === 0 ? null : { lengths: [...bufferLengths.dataSync()], columns, scores, rows }
  if (!bufferPresent) return null
  const [slots, capacity] = bufferPresent.shape
  const present = bufferPresent.dataSync<'float32'>()
  const counts = Array.from({ length: slots }, (_, slot) =>
    present.subarray(slot * capacity, (slot + 1) * capacity).reduce((sum, is) => sum + is, 0),
  )
  const at = (slot: number, width: number) =>
    [slot * capacity * width, (slot * capacity + counts[slot]) * width] as const
  const joined = <T extends Float32Array | Int32Array>(values: T, width: number): number[] =>
    counts.flatMap((_, slot) => [...values.subarray(...at(slot, width))])
  return {
    lengths: counts.filter((length) => length > 0),
    columns,
    scores: Float32Array.from(joined(scores, columns)),
    rows: Int32Array.from(joined(rows, 1)),
  }
}
