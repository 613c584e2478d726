import { type NamedTensors, type PseudoLabels, tf } from '@dc/core'

/** The pseudo-label that each row of the data set was last given. */
export interface LastLabels {
  /** Remembers the targets of rows; rows below 0 are nobody's. */
  put(rows: Int32Array, targets: Float32Array): void
  all(): PseudoLabels
  state(): NamedTensors
  restore(state: Partial<NamedTensors>): void
}

export function createLastLabels(): LastLabels {
  const last = new Map<number, { label: number; weight: number }>()
  const all = () => ({
    rows: Int32Array.from(last.keys()),
    labels: Int32Array.from(last.values(), ({ label }) => label),
    weights: Float32Array.from(last.values(), ({ weight }) => weight),
  })
  return {
    put(rows, targets) {
      const columns = targets.length / rows.length
      rows.forEach((row, i) => {
        if (row < 0) return
        let [label, weight] = [0, 0]
        for (let j = 0; j < columns; j++) {
          weight += targets[i * columns + j]
          if (targets[i * columns + j] > targets[i * columns + label]) label = j
        }
        last.set(row, { label, weight })
      })
    },
    all,
    state() {
      const { rows, labels, weights } = all()
      return {
        labelRows: tf.tensor1d(rows, 'int32'),
        labels: tf.tensor1d(labels, 'int32'),
        labelWeights: tf.tensor1d(weights, 'float32'),
      }
    },
    restore({ labelRows, labels, labelWeights, labelTable, weightTable }) {
      last.clear()
      // What the device solver kept: a place for each row of the data set, and one behind them.
      const [table, sure] = [labelTable?.dataSync() ?? [], weightTable?.dataSync() ?? []]
      for (let row = 0; row < table.length - 1; row++)
        if (table[row] >= 0) last.set(row, { label: table[row], weight: sure[row] })
      const [given, weights] = [labels?.dataSync() ?? [], labelWeights?.dataSync() ?? []]
      labelRows?.dataSync().forEach((row, i) => {
        last.set(row, { label: given[i], weight: weights[i] })
      })
    },
  }
}
