import { keepingValues, type NamedTensors, type NamedVariables, OptionError, tf } from '@dc/core'
import type { Matrix } from '@dc/spectral'
import { dsclExact } from './exact'

/** Inputs of {@link dsclSubBatches}. */
export interface DsclSubBatches {
  /** The network, in training mode: `[m, ...] → [m, d]`. Called twice for each sub-batch. */
  embed(x: tf.Tensor): tf.Tensor2D
  /** The batch in parts that fit in memory. */
  readonly parts: readonly tf.Tensor[]
  /** Classes of all rows, part after part. */
  readonly labels: ArrayLike<number>
  /**
   * The network's variables. The trainable ones get gradients. The others, running statistics, move once for each sub-batch,
   * although the network sees it twice.
   */
  readonly variables: NamedVariables
}

/**
 * DSCL on a batch whose activations do not fit in memory at once. All parts are embedded first. `G` is computed once, of the
 * whole batch. Then `⟨F_part, −2G_part⟩` is differentiated part by part. The gradient is that of the whole batch if the
 * network treats every row by itself; batch normalisation does not.
 *
 * @returns the loss, the embeddings of all rows, and one gradient for each trainable variable by name, zeros where the loss
 * does not depend on it; the caller disposes the gradients
 * @throws OptionError without parts or trainable variables; ShapeError, DataError as {@link dsclExact}
 * @see Law, Urtasun, Zemel 2017, §4, "large batches"
 * @example
 * const { loss, gradients } = dsclSubBatches({ embed, parts: tf.split(x, 10), labels, variables: network.variables })
 */
export function dsclSubBatches({ embed, parts, labels, variables }: DsclSubBatches): {
  loss: number
  embeddings: Matrix
  gradients: NamedTensors
} {
  if (parts.length === 0) throw new OptionError('parts', parts, 'at least one sub-batch')
  const weights = Object.entries(variables).filter(([, variable]) => variable.trainable)
  if (weights.length === 0) throw new OptionError('variables', Object.keys(variables), 'at least one that is trainable')
  const running = Object.values(variables).filter((variable) => !variable.trainable)
  const embedded = keepingValues(running, () =>
    parts.map((x) =>
      tf.tidy(() => {
        const f = embed(x)
        return { values: f.dataSync<'float32'>(), shape: f.shape }
      }),
    ),
  )
  const columns = embedded[0].shape[1]
  const rows = embedded.reduce((total, { shape }) => total + shape[0], 0)
  const values = new Float32Array(rows * columns)
  const starts = embedded.map((_, i) => embedded.slice(0, i).reduce((total, { shape }) => total + shape[0], 0))
  embedded.forEach((part, i) => {
    values.set(part.values, starts[i] * columns)
  })
  const embeddings = { values, rows, columns }
  const { loss, gradient } = dsclExact(embeddings, labels)
  let gradients: NamedTensors = tf.tidy(() =>
    Object.fromEntries(weights.map(([name, variable]) => [name, tf.zerosLike(variable)])),
  )
  parts.forEach((x, i) => {
    const next = tf.tidy(() => {
      const { shape } = embedded[i]
      const from = starts[i] * columns
      const upstream = tf.tensor2d(Float32Array.from(gradient.subarray(from, from + shape[0] * columns)), shape)
      const { grads } = tf.variableGrads(
        () => embed(x).mul(upstream).sum(),
        weights.map(([, variable]) => variable),
      )
      return Object.fromEntries(
        weights.map(([name, { name: key }]) => [
          name,
          key in grads ? gradients[name].add(grads[key]) : gradients[name].clone(),
        ]),
      )
    })
    tf.dispose(gradients)
    gradients = next
  })
  return { loss, embeddings, gradients }
}
