import { type NamedTensors, type PseudoLabels, tf } from '@dc/core'

/** The pseudo-label that each row of the data set was last given, on the device. */
export interface LabelTable {
  /** Remembers the targets of rows, `[n, k]`; rows below 0 are nobody's. */
  put(rows: tf.Tensor1D, targets: tf.Tensor2D): void
  all(): Promise<PseudoLabels>
  state(): NamedTensors
  restore(state: Partial<NamedTensors>): void
  dispose(): void
}

/** @param count rows of the data set */
export function createLabelTable(count: number): LabelTable {
  // The last place is for rows that are nobody's. A label of −1 was never given.
  const labels = tf.tidy(() => tf.variable(tf.fill([count + 1], -1, 'float32'), false))
  const weights = tf.tidy(() => tf.variable(tf.zeros([count + 1]), false))
  const scatter = (table: tf.Variable, places: tf.Tensor2D, values: tf.Tensor1D) =>
    table.assign(tf.tensorScatterUpdate(table, places, values))
  return {
    put(rows, targets) {
      tf.tidy(() => {
        const places = tf.where(rows.less(0), tf.fill(rows.shape, count, 'int32'), rows).reshape<tf.Tensor2D>([-1, 1])
        scatter(labels, places, targets.argMax<tf.Tensor1D>(1).toFloat())
        scatter(weights, places, targets.sum<tf.Tensor1D>(1))
      })
    },
    async all() {
      const [given, sure] = await Promise.all([labels.data(), weights.data()])
      const rows = Int32Array.from({ length: count }, (_, row) => row).filter((row) => given[row] >= 0)
      return {
        rows,
        labels: Int32Array.from(rows, (row) => given[row]),
        weights: Float32Array.from(rows, (row) => sure[row]),
      }
    },
    state: () => ({ labelTable: labels.clone(), weightTable: weights.clone() }),
    restore({ labelTable, weightTable, labelRows, labels: given, labelWeights }) {
      if (labelTable && weightTable) {
        labels.assign(labelTable)
        weights.assign(weightTable)
        return
      }
      // What the host solver kept.
      const [table, sure] = [new Float32Array(count + 1).fill(-1), new Float32Array(count + 1)]
      const [values, masses] = [given?.dataSync() ?? [], labelWeights?.dataSync() ?? []]
      labelRows?.dataSync().forEach((row, i) => {
        table[row] = values[i]
        sure[row] = masses[i]
      })
      tf.tidy(() => {
        labels.assign(tf.tensor1d(table))
        weights.assign(tf.tensor1d(sure))
      })
    },
    dispose: () => tf.dispose([labels, weights]),
  }
}
