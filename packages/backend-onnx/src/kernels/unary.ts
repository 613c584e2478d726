import { filled, type Value } from '../graph/value'
import {
  add,
  and,
  cast,
  divide,
  greater,
  isNan,
  less,
  maximum,
  minimum,
  multiply,
  not,
  scalar,
  subtract,
  unary,
  unaryWith,
  where,
} from '../ops/elementwise'
import { float } from '../runtime/encode-model'
import { type Kernel, kernel } from './kernel'

/** A function of real numbers: integers go through float32 and are truncated back, as in tfjs's cpu backend. */
const real = (name: string, record: (x: Value, attributes: Record<string, number>) => Value): Kernel =>
  kernel<Record<string, number>>(name, ({ x }, attributes) =>
    x.type === 'float32' ? record(x, attributes) : cast(record(cast(x, 'float32'), attributes), x.type),
  )

/** A function of float or integer numbers. */
const numeric = (name: string, record: (x: Value, attributes: Record<string, number>) => Value): Kernel =>
  kernel<Record<string, number>>(name, ({ x }, attributes) =>
    x.type === 'bool' ? cast(record(cast(x, 'int32'), attributes), 'bool') : record(x, attributes),
  )

const one = scalar('float32', 1)
const zero = scalar('float32', 0)

/** `eˣ − 1` without cancellation: `2 eˣᐟ² sinh(x/2)`. */
function expm1(x: Value): Value {
  const half = multiply(x, scalar('float32', 0.5))
  const product = multiply(unary('Exp', half), multiply(unary('Sinh', half), scalar('float32', 2)))
  // Far out one factor is zero or infinite, and nothing cancels.
  return where(less(unary('Abs', x), one), product, subtract(unary('Exp', x), one))
}

/** `log(1 + x)` without cancellation: `2 artanh(x / (2 + x))`. */
function log1p(x: Value): Value {
  const near = unary('Atanh', divide(x, add(x, scalar('float32', 2))))
  return where(greater(x, one), unary('Log', add(x, one)), multiply(near, scalar('float32', 2)))
}

/**
 * 1 where positive, `alpha` elsewhere, NaN for NaN. The gradient of ReLU multiplies by it. It takes one pass, by a ramp so
 * steep that it ends at the smallest normal number.
 */
function step(x: Value, alpha: number): Value {
  const ramp = { alpha: float(3e38), beta: float(0) }
  const positive = unary('HardSigmoid', cast(x, 'float32'), 'float32', ramp)
  if (alpha === 0) return cast(positive, x.type)
  return cast(add(multiply(positive, scalar('float32', 1 - alpha)), scalar('float32', alpha)), x.type)
}

/** `max(x, 0)`. */
export const relu = (x: Value): Value => (x.type === 'float32' ? unary('Relu', x) : maximum(x, scalar(x.type, 0)))

/** Limits to `[low, high]`; NaN stays. */
export const clip = (x: Value, low: number, high: number): Value =>
  minimum(maximum(x, scalar(x.type, low)), scalar(x.type, high))

export const elu = (x: Value): Value => unaryWith('Elu', x, 'alpha', 1)
export const leakyRelu = (x: Value, alpha: number): Value => unaryWith('LeakyRelu', x, 'alpha', alpha)

const selu = (x: Value) =>
  unary('Selu', x, 'float32', { alpha: float(1.6732632423543772), gamma: float(1.0507009873554805) })

/** Infinite, or neither infinite nor NaN; integers are always finite. */
function isInfinite(x: Value): Value {
  return x.type === 'float32' ? unary('IsInf', x, 'bool') : filled('bool', x.shape, 0)
}
function isFiniteNumber(x: Value): Value {
  if (x.type !== 'float32') return filled('bool', x.shape, 1)
  return and(not(unary('IsInf', x, 'bool')), not(isNan(x)))
}

export const unaryKernels: readonly Kernel[] = [
  ...['Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Cos', 'Cosh', 'Erf', 'Log', 'Sigmoid'].map((op) =>
    real(op, (x) => unary(op, x)),
  ),
  ...['Sin', 'Sinh', 'Softplus', 'Sqrt', 'Tan', 'Tanh', 'Ceil', 'Floor', 'Round', 'Reciprocal'].map((op) =>
    real(op, (x) => unary(op, x)),
  ),
  ...['Abs', 'Neg'].map((op) => numeric(op, (x) => unary(op, x))),
  numeric('Sign', (x) => (x.type === 'float32' ? where(isNan(x), zero, unary('Sign', x)) : unary('Sign', x))),
  real('Expm1', expm1),
  real('Log1p', log1p),
  real('Rsqrt', (x) => divide(one, unary('Sqrt', x))),
  real('Elu', elu),
  real('Selu', selu),
  // Integers have an exact answer in float64 to round.
  kernel('Exp', ({ x }) =>
    x.type === 'float32' ? unary('Exp', x) : cast(unary('Exp', cast(x, 'float64')), 'float32'),
  ),
  kernel<{ alpha: number }>('LeakyRelu', ({ x }, { alpha }) => leakyRelu(cast(x, 'float32'), alpha)),
  numeric('Relu', relu),
  numeric('Relu6', (x) => clip(x, 0, 6)),
  numeric('Square', (x) => multiply(x, x)),
  numeric('Step', (x, { alpha = 0 }) => step(x, alpha)),
  numeric('ClipByValue', (x, { clipValueMin, clipValueMax }) => clip(x, clipValueMin, clipValueMax)),
  kernel('IsNan', ({ x }) => (x.type === 'float32' ? isNan(x) : filled('bool', x.shape, 0))),
  kernel('IsInf', ({ x }) => isInfinite(x)),
  kernel('IsFinite', ({ x }) => isFiniteNumber(x)),
  kernel('LogicalNot', ({ x }) => not(cast(x, 'bool'))),
  kernel('Prelu', ({ x, alpha }) => prelu(x, alpha)),
  kernel('EluGrad', ({ dy, y }) => multiply(dy, where(greater(y, scalar('float32', -1e-30)), one, add(y, one)))),
]

/** `x` where positive, `alpha x` elsewhere; `alpha` broadcasts. */
export function prelu(x: Value, alpha: Value): Value {
  const real = cast(x, 'float32')
  return where(less(real, zero), multiply(real, cast(alpha, 'float32')), real)
}
