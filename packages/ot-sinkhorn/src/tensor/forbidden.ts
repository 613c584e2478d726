import { DataError, tf } from '@dc/core'

// On these backends numbers can be read without stalling a device and without cutting a recorded step.
const readable = ['cpu', 'wasm']

// Larger than any cost that is added to others in float32.
const beyond = 1e38

/** Costs with a number in place of forbidden pairs, which get no gradient. */
export function replaceForbidden(cost: tf.Tensor, by: number): tf.Tensor {
  const select = (whole: tf.Tensor, x: tf.Tensor, other: number) =>
    tf.tidy(() => tf.where(whole.greater(beyond), tf.fill(whole.shape, other), x))
  const replaced = tf.customGrad((c: tf.Tensor | tf.GradSaveFunc, save?: tf.Tensor | tf.GradSaveFunc) => {
    ;(save as tf.GradSaveFunc)([c as tf.Tensor])
    return {
      value: select(c as tf.Tensor, c as tf.Tensor, by),
      gradFunc: (upstream: tf.Tensor, [saved]: tf.Tensor[]) => select(saved, upstream, 0),
    }
  })
  return replaced(cost)
}

/** Options of {@link requireOpen}. */
export interface OpenChecks {
  /** The argument's name. */
  readonly name: string
  /** 1 if `Infinity` forbids a pair, as in costs; −1 if `-Infinity` does, as in scores. */
  readonly sign: 1 | -1
  /** Masses of rows; a row without mass may be shut. By default all have mass. `null`: columns need not be open. */
  readonly rowMass?: tf.Tensor1D
  readonly columnMass?: tf.Tensor1D | null
}

/**
 * Refuses NaN, and rows or columns with mass in which every pair is forbidden. It checks only on backends where reading costs
 * no wait; on others such input gives NaN.
 *
 * @param x `[..., n, k]`
 * @throws DataError
 */
export function requireOpen(x: tf.Tensor, { name, sign, rowMass, columnMass }: OpenChecks) {
  if (!readable.includes(tf.getBackend())) return
  const [rows, columns] = x.shape.slice(-2)
  const values = x.dataSync()
  const forbidding = sign > 0 ? 'Infinity' : '-Infinity'
  const needed = [
    { side: 'row', mass: rowMass?.dataSync() },
    ...(columnMass === null ? [] : [{ side: 'column', mass: columnMass?.dataSync() }]),
  ]
  for (let from = 0; from < values.length; from += rows * columns) {
    const open: Record<string, Uint8Array> = { row: new Uint8Array(rows), column: new Uint8Array(columns) }
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const cost = sign * values[from + i * columns + j]
        if (!(cost > Number.NEGATIVE_INFINITY))
          throw new DataError(
            `${name} is ${sign * cost} in row ${i}, column ${j}; allowed: numbers, and ${forbidding} to forbid a pair.`,
            { row: i, column: j },
          )
        if (cost < beyond) open.row[i] = open.column[j] = 1
      }
    for (const { side, mass } of needed) {
      const shut = open[side].findIndex((is, at) => !is && (mass?.[at] ?? 1) > 0)
      if (shut >= 0)
        throw new DataError(`Every pair in ${side} ${shut} of ${name} is ${forbidding}, which forbids it.`, {
          [side]: shut,
        })
    }
  }
}
