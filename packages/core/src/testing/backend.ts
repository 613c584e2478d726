import { tf } from '../tf'
import { check, checkClose, checkShape, type TestApi, valuesOf, waves } from './check'
import { expectNoLeaks } from './leaks'

type Case = [name: string, run: () => tf.Tensor, shape: number[], expected: number[]]

const matrix = () => tf.tensor2d([1, -2, 3, 4, 5, -6], [2, 3])

/** Ops with answers worked out by hand. */
const cases: Case[] = [
  ['add broadcasts a row', () => matrix().add(tf.tensor1d([10, 20, 30])), [2, 3], [11, 18, 33, 14, 25, 24]],
  ['sub broadcasts a column', () => matrix().sub(tf.tensor2d([[1], [2]])), [2, 3], [0, -3, 2, 2, 3, -8]],
  ['div by zero is IEEE', () => tf.tensor1d([1, -1, 0]).div(tf.scalar(0)), [3], [Infinity, -Infinity, NaN]],
  ['matMul', () => tf.matMul(matrix(), tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])), [2, 2], [10, 12, -11, -8]],
  ['matMul with transposes', () => tf.matMul(matrix(), matrix(), false, true), [2, 2], [14, -24, -24, 77]],
  ['matMul transposed first', () => tf.matMul(matrix(), tf.ones([2, 1]), true), [3, 1], [5, 3, -3]],
  ['matMul in batches', () => tf.matMul(tf.ones([2, 1, 3]), tf.ones([2, 3, 2])), [2, 1, 2], [3, 3, 3, 3]],
  ['relu', () => matrix().relu(), [2, 3], [1, 0, 3, 4, 5, 0]],
  ['exp and log', () => tf.log(tf.exp(tf.tensor1d([-3, 0, 2]))), [3], [-3, 0, 2]],
  ['sum over rows', () => matrix().sum(0), [3], [5, 3, -3]],
  ['mean over columns keeps dims', () => matrix().mean(1, true), [2, 1], [2 / 3, 1]],
  ['max and min', () => tf.stack([matrix().max(), matrix().min()]), [2], [5, -6]],
  ['argMax', () => matrix().argMax(1), [2], [2, 1]],
  ['softmax', () => tf.softmax(tf.tensor1d([0, 0, Math.log(2)])), [3], [0.25, 0.25, 0.5]],
  ['logSumExp of large values', () => tf.logSumExp(tf.tensor1d([1000, 1000])), [], [1000 + Math.log(2)]],
  [
    'greater and where',
    () => tf.where(matrix().greater(0), matrix(), tf.zerosLike(matrix())),
    [2, 3],
    [1, 0, 3, 4, 5, 0],
  ],
  ['gather', () => tf.gather(matrix(), tf.tensor1d([1, 0, 1], 'int32')), [3, 3], [4, 5, -6, 1, -2, 3, 4, 5, -6]],
  ['concat', () => tf.concat([matrix(), tf.ones([1, 3])], 0), [3, 3], [1, -2, 3, 4, 5, -6, 1, 1, 1]],
  ['slice', () => tf.slice(matrix(), [0, 1], [2, 2]), [2, 2], [-2, 3, 5, -6]],
  ['pad', () => tf.pad(tf.tensor1d([1, 2]), [[1, 2]], 9), [5], [9, 1, 2, 9, 9]],
  ['tile', () => tf.tile(tf.tensor1d([1, 2]), [2]), [4], [1, 2, 1, 2]],
  ['transpose', () => tf.transpose(matrix()), [3, 2], [1, 4, -2, 5, 3, -6]],
  ['topk', () => tf.topk(matrix(), 2).values, [2, 2], [3, 1, 5, 4]],
  ['topk indices', () => tf.topk(matrix(), 2).indices, [2, 2], [2, 0, 1, 0]],
  ['oneHot', () => tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3), [2, 3], [0, 0, 1, 1, 0, 0]],
  ['cast truncates', () => tf.cast(tf.tensor1d([1.7, -1.7]), 'int32'), [2], [1, -1]],
  ['cumsum', () => tf.cumsum(tf.tensor1d([1, 2, 3])), [3], [1, 3, 6]],
  ['empty rows', () => tf.matMul(tf.zeros([0, 3]), tf.ones([3, 2])), [0, 2], []],
  ['NaN passes through', () => tf.tensor1d([Number.NaN, 1]).add(1), [2], [NaN, 2]],
  [
    'maximum of infinities',
    () => tf.maximum(tf.tensor1d([-Infinity, 3]), tf.tensor1d([0, Infinity])),
    [2],
    [0, Infinity],
  ],
]

/** Loss of a small network, differentiable everywhere. */
function networkLoss(w: tf.Tensor, x: tf.Tensor): tf.Scalar {
  return tf.tidy(() =>
    tf
      .logSoftmax(tf.tanh(tf.matMul(x, w)))
      .mul(x)
      .square()
      .mean()
      .asScalar(),
  )
}

/**
 * What every backend must do: forward ops against numbers worked out by hand, gradients against finite differences,
 * variables, empty tensors, IEEE specials, no leaks.
 *
 * @param api the test runner's `describe` and `it`
 * @param name the backend's name
 * @param activate selects the backend; runs before each test
 * @example
 * testBackend({ describe, it }, 'cpu', () => cpu.create({}, {}).activate())
 */
export function testBackend(api: TestApi, name: string, activate: () => Promise<void>): void {
  const it = (what: string, body: () => Promise<void>) =>
    api.it(what, async () => {
      await activate()
      await body()
    })
  api.describe(`backend ${name}`, () => {
    for (const [what, run, shape, expected] of cases)
      it(what, async () => {
        const result = await expectNoLeaks(() => tf.tidy(run))
        checkShape(result.shape, shape, what)
        checkClose(await valuesOf(result), expected, 1e-5, what)
      })

    it('gradients agree with finite differences', async () => {
      const x = tf.tensor2d(waves(12), [4, 3])
      const w = tf.tensor2d(waves(9, 1), [3, 3])
      const gradient = await valuesOf(tf.grad((v) => networkLoss(v, x))(w))
      const base = await w.data()
      const h = 1e-2
      for (let i = 0; i < base.length; i++) {
        const at = async (delta: number) => {
          const moved = tf.tensor2d(base.map((v, j) => (j === i ? v + delta : v)) as Float32Array, [3, 3])
          const value = (await valuesOf(networkLoss(moved, x)))[0]
          moved.dispose()
          return value
        }
        const difference = ((await at(h)) - (await at(-h))) / (2 * h)
        checkClose([gradient[i]], [difference], 2e-3, `dLoss/dw[${i}]`)
      }
      tf.dispose([x, w])
    })

    it('a variable trained by gradient descent reaches the minimum, and nothing leaks', async () => {
      const target = tf.tensor1d([1, -2, 3])
      const variable = tf.variable(tf.zeros([3]))
      const step = () =>
        tf.tidy(() => {
          const { value, grads } = tf.variableGrads(() => variable.sub(target).square().sum().asScalar(), [variable])
          variable.assign(variable.sub(grads[variable.name].mul(0.25)))
          return value
        })
      step().dispose()
      const before = tf.memory().numTensors
      for (let i = 0; i < 30; i++) step().dispose()
      check(tf.memory().numTensors === before, `${tf.memory().numTensors - before} tensors leaked in 30 steps`)
      checkClose(await variable.data(), [1, -2, 3], 1e-5, 'variable')
      tf.dispose([target, variable])
    })

    it('a value survives the disposal of what it was made from', async () => {
      const a = tf.tensor1d([1, 2])
      const b = a.add(1)
      const c = b.reshape([2, 1])
      tf.dispose([a, b])
      checkClose(await valuesOf(c), [2, 3], 0, 'value')
    })

    it('asynchronous and synchronous reads agree', async () => {
      const x = tf.tidy(() => tf.tensor1d(waves(50)).square().cumsum())
      if (name !== 'webgpu') checkClose(x.dataSync(), await x.data(), 0, 'dataSync')
      checkShape(x.shape, [50], 'x')
      x.dispose()
    })
  })
}
