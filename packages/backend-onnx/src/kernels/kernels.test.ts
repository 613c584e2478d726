import '@tensorflow/tfjs-backend-cpu'
import { tf } from '@dc/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateOnnx } from '../plugin'
import { type Case, difference, input, numbers, outcome } from '../testing/against-cpu'

const { Infinity: inf, NaN: nan } = globalThis
const special = numbers([nan, inf, -inf, 0, -0, 1, -1, 2.5, -2.5, 0.5, 1e-8, -1e-8, 30, -30, 89, -104])
const shapes = [[], [1], [7], [3, 4], [2, 3, 4], [2, 1, 3, 2], [0], [3, 0]]

const unary: [string, (x: tf.Tensor) => tf.Tensor, number?, number?, number?][] = [
  ['Abs', tf.abs],
  ['Acos', tf.acos, -1, 1],
  ['Acosh', tf.acosh, 1, 5],
  ['Asin', tf.asin, -1, 1],
  ['Asinh', tf.asinh],
  ['Atan', tf.atan],
  ['Atanh', tf.atanh, -0.9, 0.1],
  ['Ceil', tf.ceil],
  ['ClipByValue', (x) => tf.clipByValue(x, -1, 2)],
  ['Cos', tf.cos],
  ['Cosh', tf.cosh],
  ['Elu', tf.elu],
  ['Erf', tf.erf],
  ['Exp', tf.exp],
  ['Expm1', tf.expm1],
  ['Floor', tf.floor],
  ['IsFinite', tf.isFinite],
  ['IsInf', tf.isInf],
  ['IsNan', tf.isNaN],
  ['LeakyRelu', (x) => tf.leakyRelu(x, 0.3)],
  ['Log', tf.log, 0, 5],
  ['Log1p', tf.log1p, -0.9, 5],
  ['LogSoftmax', (x) => (x.rank === 0 || x.size === 0 ? x : tf.logSoftmax(x))],
  ['Neg', tf.neg],
  ['Reciprocal', tf.reciprocal, 0.5, 5],
  ['Relu', tf.relu],
  ['Relu6', tf.relu6],
  ['Round', tf.round],
  ['Rsqrt', tf.rsqrt, 0.1, 5],
  ['Selu', tf.selu],
  ['Sigmoid', tf.sigmoid],
  ['Sign', tf.sign],
  ['Sin', tf.sin],
  ['Sinh', tf.sinh],
  ['Softplus', tf.softplus],
  ['Sqrt', tf.sqrt, 0, 5],
  ['Square', tf.square],
  ['Step', (x) => tf.step(x, 0.2)],
  ['Tan', tf.tan, -1, 1],
  ['Tanh', tf.tanh],
  ['ZerosLike', tf.zerosLike],
  ['OnesLike', tf.onesLike],
]
/** Their cpu versions are off at special numbers. */
const exactAtSpecials = new Set(['Acosh', 'Cosh', 'Sinh', 'Tan', 'Sign'])
/** tfjs refuses integers for these. */
const floatsOnly = new Set('Atanh Ceil Cos Cosh Elu Floor Log LogSoftmax Rsqrt Sigmoid Sin Sqrt Tan Tanh'.split(' '))

const unaryCases: Case[] = unary.flatMap(([kernel, run, low = -3, high = 3]) => [
  ...shapes.map((shape) => ({ kernel, note: `[${shape}]`, inputs: [input(shape, 'float32', low, high)], run })),
  ...(floatsOnly.has(kernel)
    ? []
    : [{ kernel, note: 'int32', inputs: [input([5, 3], 'int32', Math.ceil(low), Math.ceil(high) + 1)], run }]),
  ...(exactAtSpecials.has(kernel)
    ? []
    : [{ kernel, note: 'special numbers', inputs: [special], run, tolerance: 3e-5 }]),
])

const pairs: [number[], number[]][] = [
  [[], []],
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [[3, 4], []],
  [[1], [5]],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[2, 0], [1]],
]
const binary: [string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, number?, number?][] = [
  ['Add', tf.add],
  ['Sub', tf.sub],
  ['Multiply', tf.mul],
  ['RealDiv', tf.div, 1, 6],
  ['FloorDiv', tf.floorDiv, 1, 6],
  ['Mod', tf.mod, 1, 6],
  ['Pow', tf.pow, 1, 4],
  ['Maximum', tf.maximum],
  ['Minimum', tf.minimum],
  ['SquaredDifference', tf.squaredDifference],
  ['Atan2', tf.atan2],
  ['Equal', tf.equal],
  ['NotEqual', tf.notEqual],
  ['Greater', tf.greater],
  ['GreaterEqual', tf.greaterEqual],
  ['Less', tf.less],
  ['LessEqual', tf.lessEqual],
  ['Prelu', (a, b) => (a.rank < b.rank ? a : tf.prelu(a.toFloat(), b.toFloat()))],
]
const binaryCases: Case[] = binary.flatMap(([kernel, run, low = -3, high = 3]) => [
  ...pairs.map(([a, b]) => ({
    kernel,
    note: `[${a}] with [${b}]`,
    inputs: [input(a, 'float32', low, high), input(b, 'float32', low, high)],
    run,
  })),
  { kernel, note: 'int32', inputs: [input([6, 5], 'int32', low, high), input([5], 'int32', low, high)], run },
  {
    kernel,
    note: 'int32 with float32',
    inputs: [input([6, 5], 'int32', low, high), input([5], 'float32', low, high)],
    run,
  },
])
const specialPairs: Case[] = ['Add', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'Equal', 'Less', 'GreaterEqual'].map(
  (kernel) => ({
    kernel,
    note: 'special numbers',
    inputs: [{ ...special, shape: [16, 1] }, special],
    run: binary.find(([name]) => name === kernel)![1],
  }),
)
const integerCases: Case[] = [
  {
    kernel: 'FloorDiv',
    note: 'negative int32',
    inputs: [input([30], 'int32', -9, 9), input([30], 'int32', 1, 5)],
    run: tf.floorDiv,
  },
  {
    kernel: 'Mod',
    note: 'signs',
    inputs: [input([30], 'int32', -9, 9), numbers([-3, 4, 5], 'int32', [3, 1])],
    run: tf.mod,
  },
  {
    kernel: 'Mod',
    note: 'float signs',
    inputs: [input([30]), numbers([-1.5, 2, 0.7], 'float32', [3, 1])],
    run: tf.mod,
  },
  { kernel: 'BitwiseAnd', inputs: [input([9], 'int32', 0, 99), input([9], 'int32', 0, 99)], run: tf.bitwiseAnd },
]
const logicalCases: Case[] = [
  { kernel: 'LogicalAnd', inputs: [input([3, 4], 'bool'), input([4], 'bool')], run: tf.logicalAnd },
  { kernel: 'LogicalOr', inputs: [input([3, 4], 'bool'), input([3, 1], 'bool')], run: tf.logicalOr },
  { kernel: 'LogicalNot', inputs: [input([3, 4], 'bool')], run: tf.logicalNot },
  { kernel: 'LogicalXor', inputs: [input([3, 4], 'bool'), input([4], 'bool')], run: tf.logicalXor },
  { kernel: 'Select', inputs: [input([3, 4], 'bool'), input([3, 4]), input([4])], run: tf.where },
  {
    kernel: 'Select',
    note: 'int32',
    inputs: [input([3, 4], 'bool'), input([3, 4], 'int32'), input([3, 4], 'int32')],
    run: tf.where,
  },
  {
    kernel: 'Select',
    note: 'bool',
    inputs: [input([3, 4], 'bool'), input([3, 4], 'bool'), input([3, 4], 'bool')],
    run: tf.where,
  },
  { kernel: 'Equal', note: 'bool', inputs: [input([9], 'bool'), input([9], 'bool')], run: tf.equal },
]

const reductions: [string, (x: tf.Tensor, axis?: number | number[], keep?: boolean) => tf.Tensor][] = [
  ['Sum', tf.sum],
  ['Prod', tf.prod],
  ['Mean', tf.mean],
  ['Max', tf.max],
  ['Min', tf.min],
  ['LogSumExp', tf.logSumExp],
  ['EuclideanNorm', (x, axis) => tf.norm(x.toFloat(), 'euclidean', axis)],
]
const reductionCases: Case[] = reductions.flatMap(([kernel, run]) => [
  { kernel, note: 'all', inputs: [input([3, 4, 2])], run: (x: tf.Tensor) => run(x) },
  { kernel, note: 'scalar', inputs: [input([])], run: (x: tf.Tensor) => run(x) },
  { kernel, note: 'first axis', inputs: [input([30, 17])], run: (x: tf.Tensor) => run(x, 0) },
  { kernel, note: 'middle axis kept', inputs: [input([3, 4, 2])], run: (x: tf.Tensor) => run(x, 1, true) },
  { kernel, note: 'two axes', inputs: [input([3, 4, 2])], run: (x: tf.Tensor) => run(x, [0, -1]) },
  { kernel, note: 'axes of size 1', inputs: [input([1, 4, 1])], run: (x: tf.Tensor) => run(x, [0, 2]) },
  ...(kernel === 'LogSumExp' || kernel === 'EuclideanNorm'
    ? []
    : [
        { kernel, note: 'int32', inputs: [input([3, 4], 'int32')], run: (x: tf.Tensor) => run(x, 1) },
        ...(kernel === 'Min' || kernel === 'Max'
          ? []
          : [{ kernel, note: 'empty', inputs: [input([0, 3])], run: (x: tf.Tensor) => run(x, 0) }]),
        {
          kernel,
          note: 'NaN and infinity',
          inputs: [numbers([nan, 1, inf, -inf, 2, 3], 'float32', [3, 2])],
          run: (x: tf.Tensor) => run(x, 1),
        },
      ]),
])
const boolReductions: Case[] = [
  {
    kernel: 'All',
    inputs: [input([5, 2], 'bool')],
    run: (x: tf.Tensor) => [tf.all(x), tf.all(x, 1), tf.all(x, 0, true)],
  },
  {
    kernel: 'Any',
    inputs: [input([5, 2], 'bool')],
    run: (x: tf.Tensor) => [tf.any(x), tf.any(x, 1), tf.any(x, 0, true)],
  },
  { kernel: 'Sum', note: 'bool', inputs: [input([5, 2], 'bool')], run: (x: tf.Tensor) => [tf.sum(x), tf.sum(x, 0)] },
  {
    kernel: 'Sum',
    note: 'rows of a large matrix',
    inputs: [input([80, 70])],
    run: (x) => [tf.sum(x, 0), tf.sum(x, 0, true).add(x), tf.mean(x.square(), 0), tf.sum(x, 1)],
  },
  { kernel: 'Mean', note: 'bool', inputs: [input([5, 2], 'bool')], run: (x: tf.Tensor) => tf.mean(x, 0) },
  { kernel: 'ArgMax', inputs: [input([6, 5])], run: (x: tf.Tensor) => [tf.argMax(x), tf.argMax(x, 1)] },
  { kernel: 'ArgMin', inputs: [input([6, 5])], run: (x: tf.Tensor) => [tf.argMin(x), tf.argMin(x, -1)] },
  {
    kernel: 'ArgMax',
    note: 'ties',
    inputs: [input([6, 5], 'int32', 0, 2)],
    run: (x: tf.Tensor) => [tf.argMax(x), tf.argMin(x, 1)],
  },
  { kernel: 'AddN', inputs: [input([3]), input([3]), input([3])], run: (...x: tf.Tensor[]) => tf.addN(x) },
  { kernel: 'Softmax', inputs: [input([6, 5])], run: (x: tf.Tensor) => tf.softmax(x) },
  {
    kernel: 'Softmax',
    note: 'large logits',
    inputs: [numbers([1000, 999, -1000, 0], 'float32', [2, 2])],
    run: (x: tf.Tensor) => tf.softmax(x),
  },
  { kernel: 'Moments', inputs: [input([6, 5])], run: (x: tf.Tensor) => Object.values(tf.moments(x, 0)) },
]

const products: [number[], number[], boolean, boolean][] = [
  [[3, 4], [4, 5], false, false],
  [[4, 3], [4, 5], true, false],
  [[3, 4], [5, 4], false, true],
  [[4, 3], [5, 4], true, true],
  [[2, 3, 4], [2, 4, 5], false, false],
  [[2, 4, 3], [2, 5, 4], true, true],
  [[2, 3, 4], [1, 5, 4], false, true],
  [[1, 4, 3], [2, 4, 5], true, false],
  [[2, 3, 3, 4], [3, 4, 5], false, false],
  [[1, 3, 4], [1, 4, 5], false, false],
  [[0, 4], [4, 5], false, false],
  [[3, 0], [0, 5], false, false],
]
const productCases: Case[] = products.flatMap(([a, b, ta, tb]) =>
  (['float32', 'int32'] as const).map((dtype) => ({
    kernel: 'BatchMatMul',
    note: `${dtype} [${a}]${ta ? 'ᵀ' : ''} [${b}]${tb ? 'ᵀ' : ''}`,
    inputs: [input(a, dtype), input(b, dtype)],
    run: (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, ta, tb),
  })),
)
/** What is rewritten into the factors and addends of a product. */
const combinedCases: Case[] = (
  [
    ['k(AB)', (a, b) => tf.matMul(a, b).mul(0.3)],
    ['k(AB + c)', (a, b, c) => tf.matMul(a, b).add(c).mul(-2)],
    ['k(l(AB) + C) + D', (a, b, _, d, e) => tf.matMul(a, b).mul(0.5).add(d).mul(3).add(e)],
    ['kAB + lC', (a, b, _, d) => tf.matMul(a, b).mul(0.5).add(d.mul(4))],
    [
      'AB + k(AB) + C',
      (a, b, _, d) =>
        tf
          .matMul(a, b)
          .add(tf.matMul(a.mul(2), b).mul(0.1))
          .add(d),
    ],
    [
      'k(AB + l(AB)) + C',
      (a, b, _, d) =>
        tf
          .matMul(a, b)
          .add(tf.matMul(a.add(1), b).mul(7))
          .mul(0.2)
          .add(d),
    ],
    ['kG + lGG', (a, b) => gramPolynomial(tf.matMul(a, b))],
    ['a product read twice', (a, b) => twice(tf.matMul(a, b))],
  ] as [string, (...x: [tf.Tensor2D, tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor]) => tf.TensorContainer][]
).map(([note, run]) => ({
  kernel: 'BatchMatMul',
  note,
  inputs: [input([3, 4]), input([4, 5]), input([5]), input([3, 5]), input([3, 5])],
  run: run as Case['run'],
}))
function gramPolynomial(x: tf.Tensor2D): tf.Tensor {
  const gram = tf.matMul(x, x, true)
  return tf.matMul(x, gram.mul(0.5).add(tf.matMul(gram, gram).mul(0.01)) as tf.Tensor2D)
}
const twice = (product: tf.Tensor2D) => [product.mul(2), product.add(1)]

const fusedCases: Case[] = (['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const).map((activation) => ({
  kernel: '_FusedMatMul',
  note: activation,
  inputs: [input([3, 4]), input([4, 5]), input([5])],
  run: (a: tf.Tensor2D, b: tf.Tensor2D, bias: tf.Tensor1D) =>
    tf.fused.matMul({ a, b, bias, activation, leakyreluAlpha: 0.1 }),
}))
const einsumCases: Case[] = [
  ['ij,jk->ik', [3, 4], [4, 5]],
  ['bij,bkj->bik', [2, 3, 4], [2, 5, 4]],
  ['i,j->ij', [3], [4]],
  ['ij,ij->', [3, 4], [3, 4]],
].map(([equation, a, b]) => ({
  kernel: 'Einsum',
  note: equation as string,
  inputs: [input(a as number[]), input(b as number[])],
  run: (x: tf.Tensor, y: tf.Tensor) => tf.einsum(equation as string, x, y),
}))

const x234 = input([2, 3, 4])
const arrayCases: Case[] = [
  {
    kernel: 'Reshape',
    inputs: [x234],
    run: (x) => [x.reshape([4, 6]).add(1), x.reshape([-1]).square(), x.reshape([4, 6]).matMul(x.reshape([6, 4]))],
  },
  { kernel: 'ExpandDims', inputs: [x234], run: (x) => [x.expandDims(1).exp(), x.expandDims(-1), x.squeeze()] },
  { kernel: 'Identity', inputs: [x234], run: (x) => x.clone() },
  {
    kernel: 'Transpose',
    inputs: [x234],
    run: (x) => [tf.transpose(x), tf.transpose(x, [1, 0, 2]), tf.transpose(x, [0, 1, 2])],
  },
  {
    kernel: 'Transpose',
    note: 'axes of size 1',
    inputs: [input([1, 3, 1, 4])],
    run: (x) => [tf.transpose(x, [2, 1, 0, 3]), tf.transpose(x)],
  },
  { kernel: 'Concat', inputs: [x234, input([2, 1, 4]), input([2, 0, 4])], run: (...x) => tf.concat(x, 1) },
  {
    kernel: 'Concat',
    note: 'int32, last axis',
    inputs: [input([2, 3], 'int32'), input([2, 1], 'int32')],
    run: (...x) => tf.concat(x, -1),
  },
  { kernel: 'Concat', note: 'bool', inputs: [input([2], 'bool'), input([3], 'bool')], run: (...x) => tf.concat(x) },
  { kernel: 'Pack', inputs: [x234, x234], run: (...x) => [tf.stack(x), tf.stack(x, 1), tf.stack(x, -1)] },
  { kernel: 'Unpack', inputs: [x234], run: (x) => [...tf.unstack(x), ...tf.unstack(x, 1), ...tf.unstack(x, -1)] },
  { kernel: 'SplitV', inputs: [x234], run: (x) => [...tf.split(x, 2, 2), ...tf.split(x, [1, 2], 1)] },
  {
    kernel: 'SplitV',
    note: 'many parts',
    inputs: [input([2, 60])],
    run: (x) => tf.split(x, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 5], 1),
  },
  {
    kernel: 'Slice',
    inputs: [x234],
    run: (x) => [tf.slice(x, [0, 1, 2], [1, 2, 2]), tf.slice(x, 1), tf.slice(x, [0, 0, 3])],
  },
  { kernel: 'Slice', note: 'empty', inputs: [x234], run: (x) => tf.slice(x, [0, 1, 2], [1, 0, 2]) },
  {
    kernel: 'StridedSlice',
    inputs: [input([5, 6])],
    run: (x) => [
      tf.stridedSlice(x, [0, 1], [5, 6], [2, 3]),
      tf.stridedSlice(x, [4, 5], [0, 0], [-1, -2]),
      tf.stridedSlice(x, [3, -1], [0, -7], [-1, -1], 0, 2),
      tf.stridedSlice(x, [1], [2], [1], 0, 0, 0, 0, 1),
      tf.stridedSlice(x, [0, 1], [0, 3], [1, 1], 0, 1, 0, 1),
    ],
  },
  {
    kernel: 'PadV2',
    inputs: [x234],
    run: (x) => [
      tf.pad(x, [
        [1, 0],
        [0, 2],
        [1, 1],
      ]),
      tf.pad(x, [
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      tf.pad(
        x,
        [
          [0, 1],
          [0, 0],
          [0, 0],
        ],
        -7,
      ),
    ],
  },
  { kernel: 'PadV2', note: 'int32', inputs: [input([3], 'int32')], run: (x) => tf.pad(x, [[1, 2]], 5) },
  {
    kernel: 'MirrorPad',
    inputs: [input([3, 4])],
    run: (x) => [
      tf.mirrorPad(
        x,
        [
          [2, 1],
          [0, 3],
        ],
        'reflect',
      ),
      tf.mirrorPad(
        x,
        [
          [2, 1],
          [0, 3],
        ],
        'symmetric',
      ),
    ],
  },
  { kernel: 'Tile', inputs: [x234], run: (x) => [tf.tile(x, [2, 1, 3]), tf.tile(x, [1, 1, 1])] },
  { kernel: 'Tile', note: 'bool', inputs: [input([3], 'bool')], run: (x) => tf.tile(x, [2]) },
  { kernel: 'Reverse', inputs: [x234], run: (x) => [tf.reverse(x), tf.reverse(x, 1), tf.reverse(x, [0, -1])] },
  {
    kernel: 'Cast',
    inputs: [input([20], 'float32', -3, 3)],
    run: (x) => [x.toInt(), x.toBool(), x.toInt().toFloat(), x.toBool().toInt(), x.toBool().toFloat()],
  },
  {
    kernel: 'GatherV2',
    inputs: [input([5, 4]), input([2, 3], 'int32', 0, 4)],
    run: (x, i) => [tf.gather(x, i), tf.gather(x, i, 1), tf.gather(x, i.reshape([6]), -1)],
  },
  {
    kernel: 'GatherV2',
    note: 'batched',
    inputs: [input([2, 5, 4]), input([2, 3], 'int32', 0, 4)],
    run: (x, i) => [tf.gather(x, i, 1, 1), tf.gather(x, i, 2, 1)],
  },
  { kernel: 'GatherNd', inputs: [input([5, 4, 3]), input([6, 2], 'int32', 0, 4)], run: (x, i) => tf.gatherND(x, i) },
  {
    kernel: 'ScatterNd',
    inputs: [input([6, 1], 'int32', 0, 4), input([6, 3])],
    run: (i, u) => tf.scatterND(i, u, [4, 3]),
  },
  {
    kernel: 'ScatterNd',
    note: 'int32',
    inputs: [input([6, 2], 'int32', 0, 3), input([6], 'int32')],
    run: (i, u) => tf.scatterND(i, u, [3, 3]),
  },
  {
    kernel: 'TensorScatterUpdate',
    inputs: [input([4, 3]), numbers([2, 0], 'int32', [2, 1]), input([2, 3])],
    run: (x, i, u) => tf.tensorScatterUpdate(x, i, u),
  },
  {
    kernel: 'OneHot',
    inputs: [numbers([0, 2, 1, 5, -1], 'int32')],
    run: (i) => [tf.oneHot(i, 3), tf.oneHot(i, 3, 0.9, 0.1, 'float32'), tf.oneHot(i, 3, 1, 0, 'bool')],
  },
  { kernel: 'TopK', inputs: [input([4, 9])], run: (x) => Object.values(tf.topk(x, 4)) },
  { kernel: 'TopK', note: 'ties', inputs: [input([4, 9], 'int32', 0, 3)], run: (x) => Object.values(tf.topk(x, 9)) },
  {
    kernel: 'Cumsum',
    inputs: [input([4, 9])],
    run: (x) => [tf.cumsum(x), tf.cumsum(x, 1, true), tf.cumsum(x, 1, false, true), tf.cumsum(x, 0, true, true)],
  },
  { kernel: 'Cumprod', inputs: [input([4, 3])], run: (x) => tf.cumprod(x, 1, true) },
  {
    kernel: 'UnsortedSegmentSum',
    inputs: [input([5, 2]), numbers([0, 2, 0, -1, 2], 'int32')],
    run: (x, i: tf.Tensor1D) => tf.unsortedSegmentSum(x, i, 4),
  },
  {
    kernel: 'Bincount',
    inputs: [numbers([0, 3, 3, 7], 'int32'), input([4])],
    run: (x: tf.Tensor1D, w: tf.Tensor1D) => [tf.bincount(x, w, 5), tf.bincount(x, tf.tensor1d([]), 5)],
  },
  {
    kernel: 'DenseBincount',
    inputs: [numbers([0, 3, 3, 1], 'int32', [2, 2]), input([2, 2])],
    run: (x: tf.Tensor2D, w: tf.Tensor2D) => tf.denseBincount(x, w, 5),
  },
  {
    kernel: 'SpaceToBatchND',
    inputs: [input([2, 4, 6, 3])],
    run: (x) =>
      tf.spaceToBatchND(
        x,
        [2, 3],
        [
          [0, 0],
          [1, 2],
        ],
      ),
  },
  {
    kernel: 'BatchToSpaceND',
    inputs: [input([8, 3, 2, 3])],
    run: (x) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 1],
        ],
      ),
  },
  {
    kernel: 'DepthToSpace',
    inputs: [input([2, 3, 2, 8])],
    run: (x: tf.Tensor4D) => tf.depthToSpace(x, 2),
  },
  { kernel: 'Diag', inputs: [input([3])], run: (x) => [tf.diag(x), tf.diag(x.reshape([3, 1]))] },
  {
    kernel: 'Fill',
    inputs: [],
    run: () => [
      tf.fill([2, 3], 7),
      tf.fill([], 2, 'int32'),
      tf.zeros([2]).add(tf.ones([3, 1])),
      tf.eye(3),
      tf.zeros([0, 2]),
    ],
  },
  {
    kernel: 'Range',
    inputs: [],
    run: () => [tf.range(0, 5), tf.range(5, 0, -2), tf.range(0, 1, 0.25), tf.range(1, 7, 2, 'int32'), tf.range(3, 3)],
  },
  { kernel: 'LinSpace', inputs: [], run: () => [tf.linspace(0, 1, 5), tf.linspace(2, -2, 3)] },
  { kernel: 'Unique', inputs: [numbers([3, 1, 3, 2], 'int32')], run: (x) => Object.values(tf.unique(x)) },
  {
    kernel: 'SearchSorted',
    inputs: [numbers([1, 2, 3, 5]), input([6], 'float32', 0, 6)],
    run: (x, v) => tf.searchSorted(x, v),
  },
  { kernel: 'Multinomial', inputs: [input([3, 4])], run: (x: tf.Tensor2D) => tf.multinomial(x, 5, 3) },
  {
    kernel: 'SparseToDense',
    inputs: [numbers([1, 3], 'int32'), input([2])],
    run: (i, v) => tf.sparseToDense(i, v, [5], -1),
  },
  {
    kernel: 'Complex',
    inputs: [input([4]), input([4])],
    run: (a, b) => [
      tf.complex(a, b),
      tf.real(tf.complex(a, b)),
      tf.imag(tf.complex(a, b)),
      tf.abs(tf.complex(a, b)),
      tf.complex(a, b).mul(tf.complex(b, a)),
    ],
  },
  { kernel: 'FFT', inputs: [input([8]), input([8])], run: (a, b) => [tf.fft(tf.complex(a, b)), tf.rfft(a)] },
  {
    kernel: 'Concat',
    note: 'strings',
    inputs: [],
    run: () => tf.concat([tf.tensor(['a', 'b']), tf.tensor(['c'])]),
  },
]

const gradients: Case[] = [
  ['softmax', (x: tf.Tensor) => tf.softmax(x).square().sum()],
  ['logSoftmax', (x: tf.Tensor) => tf.logSoftmax(x).mul(x).sum()],
  ['logSumExp', (x: tf.Tensor) => tf.logSumExp(x, 1).sum()],
  [
    'normalisation',
    (x: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, 0, true)
      return x.sub(mean).mul(variance.add(1e-5).rsqrt()).pow(tf.scalar(3)).sum()
    },
  ],
  [
    'row norm',
    (x: tf.Tensor) =>
      x
        .div(tf.norm(x, 'euclidean', 1, true))
        .mul(x)
        .sum(),
  ],
  [
    'max and gather',
    (x: tf.Tensor) =>
      tf
        .max(x, 1)
        .add(tf.gather(x, tf.tensor1d([0, 1, 1, 2], 'int32')).sum())
        .sum(),
  ],
  [
    'slices',
    (x: tf.Tensor) =>
      tf
        .concat([x.slice([0, 1], [2, 2]), x.slice([1, 0], [2, 3]).square()], 1)
        .mul(x.slice([2], [2]))
        .sum(),
  ],
  [
    'broadcast',
    (x: tf.Tensor) =>
      x
        .mul(x.slice([0, 0], [1, 5]))
        .add(x.slice([0, 0], [4, 1]))
        .div(x.square().add(1))
        .sum(),
  ],
  [
    'activations',
    (x: tf.Tensor) =>
      tf
        .addN([x.relu(), x.elu(), x.sigmoid(), x.tanh(), x.softplus(), x.leakyRelu(0.1), x.selu(), x.relu6(), x.abs()])
        .square()
        .sum(),
  ],
  [
    'functions',
    (x: tf.Tensor) =>
      tf
        .addN([
          x.exp(),
          x.sin(),
          x.cos(),
          x.square().add(1).log(),
          x.abs().add(0.1).sqrt(),
          x.erf(),
          x.clipByValue(-1, 1),
          x.atan(),
          x.expm1(),
        ])
        .square()
        .sum(),
  ],
  [
    'products',
    (x: tf.Tensor) =>
      tf
        .matMul(x as tf.Tensor2D, x as tf.Tensor2D, true)
        .mul(tf.matMul(x as tf.Tensor2D, x.add(1) as tf.Tensor2D, true, false))
        .sum(),
  ],
  [
    'select and tile',
    (x: tf.Tensor) =>
      tf
        .where(tf.oneHot([0, 1, 4, 2], 5, 1, 0, 'bool'), x.square(), x.mul(3))
        .mul(tf.tile(x.slice([0], [1]), [4, 1]))
        .sum(),
  ],
  [
    'cumsum, pad, reverse',
    (x: tf.Tensor) =>
      tf
        .pad(tf.cumsum(x.reverse(1), 1), [
          [1, 0],
          [0, 1],
        ])
        .square()
        .sum(),
  ],
].map(([note, f]) => ({
  kernel: 'gradient',
  note: note as string,
  inputs: [input([4, 5])],
  run: (x: tf.Tensor) => tf.grad(f as (x: tf.Tensor) => tf.Tensor)(x),
  tolerance: 1e-4,
}))

const image = input([2, 7, 6, 3])
const convolutions: [
  string,
  Parameters<typeof tf.conv2d>[2],
  Parameters<typeof tf.conv2d>[3],
  number,
  [number, number]?,
][] = [
  ['same', 1, 'same', 3],
  ['valid', 1, 'valid', 3],
  ['1 × 1', 1, 'same', 1],
  ['1 × 1, stride 2', 2, 'same', 1],
  ['stride 2, same', 2, 'same', 3],
  ['stride 2, valid', 2, 'valid', 2],
  ['strides [1, 2]', [1, 2], 'same', 3],
  [
    'explicit',
    1,
    [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ],
    3,
  ],
  ['dilated', 1, 'same', 3, [2, 2]],
  ['stride 3, padding 1', 3, 1, 4],
]
const convolutionCases: Case[] = convolutions.flatMap(([note, strides, padding, k, dilations = [1, 1]]) => {
  const filter = input([k, k, 3, 4])
  const conv = (x: tf.Tensor, f: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, padding, 'NHWC', dilations)
  const depth = (x: tf.Tensor, f: tf.Tensor) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, padding, 'NHWC', dilations)
  const gradients = (f: typeof conv) => (x: tf.Tensor, w: tf.Tensor) => tf.grads((a, b) => f(a, b).square())([x, w])
  const plain = dilations[0] === 1
  return [
    { kernel: 'Conv2D', note, inputs: [image, filter], run: conv, tolerance: 1e-4 },
    ...(plain
      ? [{ kernel: 'Conv2DBackprop', note, inputs: [image, filter], run: gradients(conv), tolerance: 1e-4 }]
      : []),
    { kernel: 'DepthwiseConv2dNative', note, inputs: [image, input([k, k, 3, 2])], run: depth, tolerance: 1e-4 },
    ...(plain && typeof padding === 'string'
      ? [
          {
            kernel: 'DepthwiseConv2dNativeBackprop',
            note,
            inputs: [image, input([k, k, 3, 2])],
            run: gradients(depth),
            tolerance: 1e-4,
          },
        ]
      : []),
  ]
})
// Whole blocks of channels, by other kernels: wide images, images of less than six pixels in a row, a batch that is no
// multiple of eight, strides, and padding that is not the same on all sides.
const blockedCases: Case[] = (
  [
    ['wide', [2, 5, 9], 1, 'same', 3],
    ['narrow', [8, 4, 4], 1, 'same', 3],
    ['narrow, valid', [8, 6, 6], 1, 'valid', 3],
    ['narrow, even filter', [16, 3, 5], 1, 'same', 2],
    ['narrow, odd batch', [3, 4, 4], 1, 'same', 3],
    ['stride 2', [8, 8, 8], 2, 1, 3],
    ['1 × 1', [2, 4, 7], 1, 'same', 1],
  ] as const
).map(([note, size, stride, padding, k]) => ({
  kernel: 'Conv2D',
  note: `blocked channels, ${note}`,
  inputs: [input([...size, 32], 'float32', -1, 1), input([k, k, 32, 48], 'float32', -0.2, 0.2)],
  run: (x: tf.Tensor, w: tf.Tensor) => {
    const conv = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, padding)
    return [conv(x, w), ...tf.grads((a, b) => conv(a, b).square())([x, w])]
  },
  tolerance: 1e-4,
}))
const pools = (name: string, pool: typeof tf.maxPool): Case[] =>
  (
    [
      [2, 2, 'valid'],
      [3, 2, 'same'],
      [3, 1, 'same'],
      [[2, 3], [1, 2], 'valid'],
      [3, 2, 1],
    ] as const
  ).flatMap(([size, stride, padding]) => {
    const run = (x: tf.Tensor) => pool(x as tf.Tensor4D, size as number, stride as number, padding)
    const inputs = [image]
    const note = `${size} by ${stride}, ${padding}`
    return [
      { kernel: name, note, inputs, run },
      {
        kernel: `${name}Grad`,
        note,
        inputs,
        run: (x: tf.Tensor) => tf.grad((a) => run(a).square())(x),
        tolerance: 1e-4,
      },
    ]
  })
const imageCases: Case[] = [
  ...[true, false].flatMap((align) =>
    [tf.image.resizeBilinear, tf.image.resizeNearestNeighbor].flatMap((resize, i): Case[] => [
      {
        kernel: ['ResizeBilinear', 'ResizeNearestNeighbor'][i],
        note: `align ${align}`,
        inputs: [image],
        run: (x: tf.Tensor4D) => [
          resize(x, [9, 4], align),
          resize(x, [3, 12], align),
          ...(align ? [] : [resize(x, [10, 5], false, true)]),
        ],
      },
      {
        kernel: ['ResizeBilinearGrad', 'ResizeNearestNeighborGrad'][i],
        note: `align ${align}`,
        inputs: [input([1, 7, 7, 3])],
        run: (x) => tf.grad((a) => resize(a as tf.Tensor4D, [14, 9], align).square())(x),
        tolerance: 1e-4,
      },
    ]),
  ),
  { kernel: 'FlipLeftRight', inputs: [image], run: (x: tf.Tensor4D) => tf.image.flipLeftRight(x) },
  { kernel: 'RotateWithOffset', inputs: [image], run: (x: tf.Tensor4D) => tf.image.rotateWithOffset(x, 0.3) },
  {
    kernel: 'CropAndResize',
    inputs: [image, numbers([0.1, 0.2, 0.7, 0.9], 'float32', [1, 4])],
    run: (x: tf.Tensor4D, boxes: tf.Tensor2D) => tf.image.cropAndResize(x, boxes, [1], [3, 3]),
  },
  {
    kernel: 'FusedBatchNorm',
    inputs: [image, input([3]), input([3], 'float32', 0.1, 2), input([3]), input([3])],
    run: (x, m, v, o, s) => [tf.batchNorm(x, m, v, o, s, 1e-3), tf.batchNorm(x, m, v)],
    tolerance: 1e-4,
  },
  {
    kernel: 'Conv2D',
    note: 'NCHW',
    inputs: [input([2, 4, 5, 3]), input([3, 3, 3, 2])],
    run: (x: tf.Tensor4D, f: tf.Tensor4D) => tf.conv2d(x, f, 1, 'same'),
  },
  {
    kernel: 'FusedConv2D',
    inputs: [image, input([3, 3, 3, 4]), input([4])],
    run: (x: tf.Tensor4D, filter: tf.Tensor4D, bias) => [
      tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu' }),
      tf.fused.conv2d({ x, filter, strides: 2, pad: 'valid', bias, activation: 'leakyrelu', leakyreluAlpha: 0.2 }),
    ],
    tolerance: 1e-4,
  },
  {
    kernel: 'FusedDepthwiseConv2D',
    inputs: [image, input([3, 3, 3, 1]), input([3])],
    run: (x: tf.Tensor4D, filter: tf.Tensor4D, bias) =>
      tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu6' }),
    tolerance: 1e-4,
  },
  {
    kernel: 'Conv2DTranspose',
    inputs: [input([2, 4, 3, 5]), input([3, 3, 2, 5])],
    run: (x: tf.Tensor4D, f: tf.Tensor4D) => tf.conv2dTranspose(x, f, [2, 8, 6, 2], 2, 'same'),
    tolerance: 1e-4,
  },
  {
    kernel: 'Conv1D',
    inputs: [input([2, 9, 3]), input([3, 3, 4])],
    run: (x: tf.Tensor3D, f: tf.Tensor3D) => tf.conv1d(x, f, 2, 'same'),
    tolerance: 1e-4,
  },
  {
    kernel: 'SeparableConv2D',
    inputs: [image, input([3, 3, 3, 2]), input([1, 1, 6, 4])],
    run: (x: tf.Tensor4D, d: tf.Tensor4D, p: tf.Tensor4D) => tf.separableConv2d(x, d, p, 1, 'same'),
    tolerance: 1e-4,
  },
]

describe('kernels give what the cpu backend gives', () => {
  beforeAll(async () => {
    await activateOnnx({ threads: 1, spinning: false })
  })
  afterAll(() => tf.removeBackend('onnx'))

  const groups: Record<string, Case[]> = {
    unary: unaryCases,
    binary: [...binaryCases, ...specialPairs, ...integerCases, ...logicalCases],
    reductions: [...reductionCases, ...boolReductions],
    products: [...productCases, ...combinedCases, ...fusedCases, ...einsumCases],
    arrays: arrayCases,
    convolutions: [...convolutionCases, ...blockedCases],
    pools: [...pools('MaxPool', tf.maxPool), ...pools('AvgPool', tf.avgPool)],
    images: imageCases,
    gradients,
  }
  for (const [group, cases] of Object.entries(groups))
    describe(group, () => {
      for (const test of cases)
        it(`${test.kernel} ${test.note ?? ''}`, async () => {
          const expected = await outcome(test, 'cpu')
          const found = await outcome(test, 'onnx')
          expect(found.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
            expected.map(({ shape, dtype }) => ({ shape, dtype })),
          )
          expect(found.length).toBeGreaterThan(0)
          found.forEach(({ values }, i) => {
            const gap = difference(values, expected[i].values)
            expect(gap, `found ${values.slice(0, 20)}\nwant  ${expected[i].values.slice(0, 20)}`).toBeLessThanOrEqual(
              test.tolerance ?? 1e-5,
            )
          })
        })
    })
})
