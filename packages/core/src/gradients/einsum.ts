import * as tf from '@tensorflow/tfjs-core'

/**
 * For `out = einsum('a,b->o', A, B)`: `dA = einsum('o,b->a', dout, B)`, and likewise `dB`. A label that only `A` has
 * was summed over, so `dA` is constant along it; one that only `B` has is summed over first, since tfjs's einsum
 * fails on some equations with such labels (`ij,jk->k`, forward already).
 */
export const einsumGradient: tf.GradConfig = {
  kernelName: tf.Einsum,
  saveAllInputs: true,
  gradFunc: (dy, saved, attributes) => {
    const { equation } = attributes as unknown as { equation: string }
    const [left, out] = equation.replace(/\s/g, '').split('->')
    const terms = left.split(',')
    const gradients: Record<string, () => tf.Tensor> = {}
    terms.forEach((term, i) => {
      gradients[i] = () => {
        const others = terms.flatMap((other, j) => (j === i ? [] : [sumOut(other, saved[j], term + out)]))
        const known = [...term].filter((label) => out.includes(label) || others.some((o) => o.term.includes(label)))
        const partial = tf.einsum(
          `${[...others.map((o) => o.term), out].join(',')}->${known.join('')}`,
          ...others.map((o) => o.tensor),
          dy as tf.Tensor,
        )
        const shape = saved[i].shape
        const withSummed = [...term].map((label, axis) => (known.includes(label) ? shape[axis] : 1))
        return tf.broadcastTo(partial.reshape(withSummed), shape)
      }
    })
    return gradients
  },
}

/** Sums a tensor over the labels that are not among those wanted. */
function sumOut(term: string, tensor: tf.Tensor, wanted: string): { term: string; tensor: tf.Tensor } {
  const axes = [...term].flatMap((label, axis) => (wanted.includes(label) ? [] : [axis]))
  if (axes.length === 0) return { term, tensor }
  return { term: [...term].filter((label) => wanted.includes(label)).join(''), tensor: tensor.sum(axes) }
}
