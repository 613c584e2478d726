import type { Value } from '../graph/value'
import {
  add,
  and,
  cast,
  divide,
  elementwise,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  multiply,
  not,
  or,
  power,
  scalar,
  subtract,
  unary,
  where,
} from '../ops/elementwise'
import { reshape } from '../ops/structure'
import { type Kernel, kernel } from './kernel'

/** Arithmetic: bool counts as integer. */
const arithmetic = (name: string, record: (a: Value, b: Value) => Value): Kernel =>
  kernel(name, ({ a, b }) =>
    a.type === 'bool' ? cast(record(cast(a, 'int32'), cast(b, 'int32')), 'bool') : record(a, cast(b, a.type)),
  )

/** Arithmetic that integers do in float64: exact for int32, and a zero divisor is no crash. */
const throughDouble = (name: string, record: (a: Value, b: Value) => Value): Kernel =>
  arithmetic(name, (a, b) =>
    a.type === 'int32' ? cast(record(cast(a, 'float64'), cast(b, 'float64')), 'int32') : record(a, b),
  )

const comparison = (name: string, record: (a: Value, b: Value) => Value): Kernel =>
  kernel(name, ({ a, b }) =>
    a.type === 'bool' || b.type !== a.type ? record(cast(a, 'float32'), cast(b, 'float32')) : record(a, b),
  )

/** The remainder with the sign of the divisor. */
function floorMod(a: Value, b: Value): Value {
  const remainder = elementwise('Mod', [a, b], a.type, { fmod: 1 })
  const zero = scalar(a.type, 0)
  const opposite = less(multiply(remainder, b), zero)
  return where(opposite, add(remainder, b), remainder)
}

/** Angle of the point (b, a). */
function atan2(a: Value, b: Value): Value {
  const zero = scalar('float32', 0)
  const pi = scalar('float32', Math.PI)
  const turn = where(less(a, zero), scalar('float32', -Math.PI), pi)
  const angle = unary('Atan', divide(a, b))
  const turned = where(less(b, zero), add(angle, turn), angle)
  const origin = and(equal(a, zero), equal(b, zero))
  return where(origin, zero, turned)
}

function bitwiseAnd(a: Value, b: Value): Value {
  return elementwise('BitwiseAnd', [a, b], 'int32')
}

/** `condition ? t : e`; a condition of rank 1 chooses whole rows. */
function select(condition: Value, t: Value, e: Value): Value {
  const rows = condition.shape.length === 1 && t.shape.length > 1
  const shape = rows ? [condition.shape[0], ...t.shape.slice(1).map(() => 1)] : condition.shape
  return where(cast(reshape(condition, shape), 'bool'), t, cast(e, t.type))
}

const logical = (name: string, record: (a: Value, b: Value) => Value): Kernel =>
  kernel(name, ({ a, b }) => record(cast(a, 'bool'), cast(b, 'bool')))

export const binaryKernels: readonly Kernel[] = [
  arithmetic('Add', add),
  arithmetic('Sub', subtract),
  arithmetic('Multiply', multiply),
  throughDouble('RealDiv', divide),
  kernel('FloorDiv', ({ a, b }) => cast(unary('Floor', divide(cast(a, 'float64'), cast(b, 'float64'))), 'int32')),
  throughDouble('Mod', floorMod),
  throughDouble('Pow', power),
  arithmetic('Maximum', maximum),
  arithmetic('Minimum', minimum),
  arithmetic('SquaredDifference', (a, b) => {
    const difference = subtract(a, b)
    return multiply(difference, difference)
  }),
  arithmetic('BitwiseAnd', bitwiseAnd),
  kernel('Atan2', ({ a, b }) => cast(atan2(cast(a, 'float32'), cast(b, 'float32')), a.type)),
  comparison('Equal', equal),
  comparison('NotEqual', (a, b) => not(equal(a, b))),
  comparison('Greater', greater),
  comparison('GreaterEqual', greaterEqual),
  comparison('Less', less),
  comparison('LessEqual', lessEqual),
  logical('LogicalAnd', and),
  logical('LogicalOr', or),
  kernel('Select', ({ condition, t, e }) => select(condition, t, e)),
]
