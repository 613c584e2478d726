import { checkChoice, defined, definePlugin, type Loss, OptionError, ShapeError, tf } from '@dc/core'
import { newtonSchulzParts } from '@dc/spectral/tensor'
import { z } from 'zod'
import { requireLabels, requireTensors } from '../inputs'
import { batchClasses } from './classes'
import { decompose } from './exact'

/** Inputs of {@link dscl}. */
export interface DsclInputs {
  /** F, `[n, d]`. */
  readonly embeddings: tf.Tensor2D
  /**
   * n classes, integers ≥ 0; k is the number of different classes in the batch. Or an int32 tensor of them, whose values are
   * not checked; k is then `classes`, and a class without rows in the batch has residual 0.
   */
  readonly labels: ArrayLike<number> | tf.Tensor1D
  /** Number of classes, where the labels are a tensor. */
  readonly classes?: number
  /**
   * `float32`: tensor ops only, stays inside a compiled training step; directions of F below 1e-4 of the largest
   * count as absent. `float64`: F is read and decomposed on the host, for any condition number. Default `float32`.
   */
  readonly precision?: 'float32' | 'float64'
}

/**
 * Deep spectral clustering learning: how far the column space of the embeddings is from containing the true partition.
 *
 *   loss = k − tr(C F F⁺) = Σ_c (1 − ȳ_cᵀ F F⁺ ȳ_c),   C = Y Y⁺,   ȳ_c = y_c/√|c|
 *
 * F `[n, d]` the batch's embeddings, Y `[n, k]` its one-hot classes, which are read from the labels. The gradient is
 * the closed form `−2G`, `G = (I − F F⁺) C (F⁺)ᵀ`, in O(n d²) and without any n×n matrix. A rank-deficient F has a
 * finite loss and gradient: directions without extent take no part.
 *
 * @returns `[k]`, each class's residual in [0, 1]; their {@link sum} is the paper's loss
 * @throws ShapeError, DataError for labels that do not fit the rows; OptionError for a tensor of labels without `classes`
 * @see Law, Urtasun, Zemel 2017, eqs. 9 and 10
 * @example
 * const loss = sum({ residual: dscl({ embeddings: tf.tensor2d([[1, 0], [1, 0], [0, 1]]), labels: [0, 0, 1] }) })   // 0
 */
export function dscl({ embeddings, labels, classes, precision = 'float32' }: DsclInputs): tf.Tensor1D {
  requireTensors({ embeddings })
  requireLabels(labels)
  checkChoice('precision', precision, ['float32', 'float64'])
  if (embeddings.rank !== 2) throw new ShapeError('embeddings', embeddings.shape, '[n, d]')
  const membersOf = members(labels, embeddings.shape[0], classes)
  const run = tf.customGrad((...inputs) => {
    const [f, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc]
    const { basis, inverse } = precision === 'float32' ? tensorRange(f) : hostRange(f)
    const { codes, roots, present } = membersOf()
    const inner = classSums(codes, roots, basis)
    save([basis, inner, inner.matMul(inverse), codes, roots])
    return { value: present.sub(inner.square().sum(1)), gradFunc: backward }
  })
  return run(embeddings) as tf.Tensor1D
}

/** `−2 (Ȳ W E − X Bᵀ W E)`: G of eq. 10 with each class's term by its upstream weight W. */
function backward(upstream: tf.Tensor, [basis, inner, whitened, codes, roots]: tf.Tensor[]): tf.Tensor {
  return tf.tidy(() => {
    const weighted = whitened.mul(upstream.mul(-2).reshape([-1, 1])) as tf.Tensor2D
    const ofClasses = tf.gather(weighted.mul(roots.reshape([-1, 1])), codes as tf.Tensor1D)
    return ofClasses.sub(tf.matMul(basis as tf.Tensor2D, tf.matMul(inner as tf.Tensor2D, weighted, true)))
  })
}

/**
 * The classes of a batch: the class number of each row, 1/√|c| of each class, and whether the batch has the class (1 or 0).
 */
interface Members {
  readonly codes: tf.Tensor1D
  readonly roots: tf.Tensor1D
  readonly present: tf.Tensor
}

/** Checks the labels at once. The function returned makes tensors of them. */
function members(labels: DsclInputs['labels'], rows: number, classes: number | undefined): () => Members {
  if (!(labels instanceof tf.Tensor)) {
    const { codes, inverseRoots } = batchClasses(labels, rows)
    return () => ({
      codes: tf.tensor1d(codes, 'int32'),
      roots: tf.tensor1d(Float32Array.from(inverseRoots)),
      present: tf.ones([inverseRoots.length]),
    })
  }
  if (labels.shape[0] !== rows) throw new ShapeError('labels', labels.shape, `[${rows}], one for each row`)
  if (classes === undefined) throw new OptionError('classes', classes, 'a number of classes, as labels is a tensor')
  return () => {
    const counts = tf.oneHot(labels, classes).toFloat().sum<tf.Tensor1D>(0)
    return { codes: labels, roots: counts.maximum<tf.Tensor1D>(1).rsqrt(), present: counts.minimum(1) }
  }
}

/** `Ȳᵀ X`, `[k, columns of X]`. */
function classSums(codes: tf.Tensor1D, roots: tf.Tensor1D, x: tf.Tensor2D): tf.Tensor2D {
  const sums = tf.matMul(tf.oneHot(codes, roots.shape[0]).toFloat() as tf.Tensor2D, x, true)
  return sums.mul<tf.Tensor2D>(roots.reshape([-1, 1]))
}

/** X with `F F⁺ = X Xᵀ`, and N with `(F⁺)ᵀ = X N`: the polar factor, and the inverse of F's positive part `H = XᵀF`. */
function tensorRange(f: tf.Tensor2D): { basis: tf.Tensor2D; inverse: tf.Tensor2D } {
  const { factor, inverseRoot } = newtonSchulzParts(f)
  // XᵀX is the projection on F's row space: on both sides, it keeps rounding out of directions that F does not have.
  const projection = times(factor, factor, true)
  const inverse = times(times(projection, inverseRoot), projection)
  // One Newton step for the inverse, N(2I − HN), squares the rounding error that the iterations have summed up.
  const excess = times(times(factor, f, true), inverse).sub<tf.Tensor2D>(projection)
  return { basis: factor, inverse: inverse.sub(times(inverse, excess)) }
}

const times = (a: tf.Tensor2D, b: tf.Tensor2D, transposed = false): tf.Tensor2D => tf.matMul(a, b, transposed)

function hostRange(f: tf.Tensor2D): { basis: tf.Tensor2D; inverse: tf.Tensor2D } {
  const [rows, columns] = f.shape
  const { left, inverse, rank } = decompose({ values: f.dataSync<'float32'>(), rows, columns })
  return {
    basis: tf.tensor2d(Float32Array.from(left), [rows, rank]),
    inverse: tf.tensor2d(Float32Array.from(inverse), [rank, columns]),
  }
}

export const dsclPlugin = definePlugin({
  kind: 'loss',
  name: 'dscl',
  apiVersion: 1,
  description: 'How far the column space of the embeddings is from holding the true classes (supervised)',
  metadata: { paper: 'Law, Urtasun, Zemel, ICML 2017' },
  options: z.strictObject({ precision: z.enum(['float32', 'float64']).default('float32') }),
  create: ({ precision }): Loss<DsclInputs> => ({
    elements: (inputs) => ({ residual: dscl({ precision, ...defined(inputs) }) }),
  }),
})
