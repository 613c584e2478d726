import { beforeAll, describe, expect, it } from 'vitest'
import { cpu } from '../backends'
import { checkClose, expectNoLeaks, waves } from '../testing'
import { tf } from '../tf'

beforeAll(() => cpu.create({}, {}).activate())

/** Compares `tf.grad` with central differences at every entry. */
async function checkGradient(f: (x: tf.Tensor) => tf.Tensor, shape: number[], phase = 0): Promise<void> {
  const values = waves(
    shape.reduce((a, b) => a * b, 1),
    phase,
  )
  const weighted = (x: tf.Tensor) => {
    const y = f(x)
    return y.mul(tf.tensor(waves(y.size, 9), y.shape)).sum()
  }
  const x = tf.tensor(values, shape)
  const gradient = await expectNoLeaks(() => tf.tidy(() => tf.grad(weighted)(x)))
  expect(gradient.shape).toEqual(shape)
  const h = 1e-2
  const differences = Float32Array.from(values, (_, i) => {
    const at = (delta: number) =>
      tf.tidy(
        () =>
          weighted(
            tf.tensor(
              values.map((v, j) => (j === i ? v + delta : v)),
              shape,
            ),
          ).dataSync()[0],
      )
    return (at(h) - at(-h)) / (2 * h)
  })
  checkClose(await gradient.data(), differences, 2e-3, 'gradient')
  tf.dispose([x, gradient])
}

describe('gradients that tfjs-core lacks', () => {
  it('gatherND, with an entry read twice', () => {
    const indices = tf.tensor2d(
      [
        [0, 1],
        [2, 0],
        [0, 1],
      ],
      [3, 2],
      'int32',
    )
    return checkGradient((x) => tf.gatherND(x, indices), [3, 2])
  })
  it('gatherND of slices', () => checkGradient((x) => tf.gatherND(x, tf.tensor2d([[1], [1]], [2, 1], 'int32')), [3, 2]))
  it('scatterND, with an entry written twice', () => {
    const indices = tf.tensor2d([[4], [1], [4]], [3, 1], 'int32')
    return checkGradient((x) => tf.scatterND(indices, x, [6]), [3])
  })
  it('topk values', () => checkGradient((x) => tf.topk(x, 2).values, [4, 5]))
  it('topk values of a vector and of a batch', async () => {
    await checkGradient((x) => tf.topk(x, 3).values, [7])
    await checkGradient((x) => tf.topk(x, 1).values, [2, 3, 4])
  })

  const other = (shape: number[]) =>
    tf.tensor(
      waves(
        shape.reduce((a, b) => a * b, 1),
        5,
      ),
      shape,
    )
  it.each([
    ['ij,jk->ik', [2, 3], [3, 4]],
    ['bij,bkj->bik', [2, 3, 4], [2, 5, 4]],
    ['ij,jk->ki', [2, 3], [3, 4]],
    ['i,j->ij', [3], [2]],
    ['ij,ij->', [2, 3], [2, 3]],
    ['ij,jk->i', [2, 3], [3, 4]],
  ])('einsum %s to both operands', async (equation, left, right) => {
    await checkGradient((x) => tf.einsum(equation, x, other(right)), left)
    await checkGradient((x) => tf.einsum(equation, other(left), x), right, 3)
  })
  it.each([
    ['ij->ji', [2, 3]],
    ['ij->i', [2, 3]],
    ['ijk->ki', [2, 3, 2]],
  ])('einsum %s of one operand', (equation, shape) => checkGradient((x) => tf.einsum(equation, x), shape))
})
