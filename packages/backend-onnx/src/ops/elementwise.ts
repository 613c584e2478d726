import { tf } from '@dc/core'
import { ShapeError } from '@dc/core/errors'
import { constant, filled, node, sameShape, sizeOf, type Value } from '../graph/value'
import { type ElementType, fillArray } from '../runtime/element-type'
import { type Attribute, float } from '../runtime/encode-model'

type Attributes = Readonly<Record<string, Attribute>>

/** Shape of elementwise results by the broadcasting rules of NumPy, ONNX and tfjs. */
export function broadcastShape(...shapes: (readonly number[])[]): number[] {
  return shapes.reduce<number[]>((a, b) => tf.backend_util.assertAndGetBroadcastShape(a, [...b]), [])
}

/** A fill as one number that broadcasts; other values unchanged. */
function scalarized(value: Value): Value {
  if (value.fill === null || value.shape.length === 0) return value
  return filled(value.type, [], value.fill)
}

/**
 * An elementwise operator over broadcast inputs. Fills enter as single numbers. If the result is then smaller than it should
 * be, it is expanded.
 */
export function elementwise(op: string, inputs: readonly Value[], type: ElementType, attributes?: Attributes): Value {
  const shape = broadcastShape(...inputs.map((input) => input.shape))
  if (sizeOf(shape) === 0) return filled(type, shape, 0)
  const small = inputs.map(scalarized)
  const computed = broadcastShape(...small.map((input) => input.shape))
  return expand(node(op, small, type, computed, attributes), shape)
}

/** Repeats a value along broadcast dimensions. */
export function expand(value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value
  if (value.fill !== null) return filled(value.type, shape, value.fill)
  if (value.size === sizeOf(shape)) return value.withShape(shape)
  return node('Expand', [value, shapeVector(shape)], value.type, shape)
}

function shapeVector(shape: readonly number[]): Value {
  return constant('int64', [shape.length], BigInt64Array.from(shape, BigInt))
}

/** A number that broadcasts against anything. */
export const scalar = (type: ElementType, number: number): Value => filled(type, [], number)

/** Converts the element type; float to int truncates, anything to bool asks for nonzero. */
export function cast(value: Value, type: ElementType): Value {
  if (value.type === type) return value
  if (value.fill !== null) return filled(type, value.shape, castNumber(value.fill, type))
  const numbers = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float64: 11 }
  return node('Cast', [value], type, value.shape, { to: numbers[type] })
}

function castNumber(number: number, type: ElementType): number {
  if (type === 'bool') return number === 0 ? 0 : 1
  return type === 'float32' || type === 'float64' ? number : Math.trunc(number) || 0
}

const isFill = (value: Value, number: number) => value.fill === number

/** Whether one operand keeps the result's shape and type, so that the other may vanish. */
function keeps(value: Value, other: Value): boolean {
  return sameShape(broadcastShape(value.shape, other.shape), value.shape)
}

export function add(a: Value, b: Value): Value {
  if (isFill(b, 0) && keeps(a, b)) return a
  if (isFill(a, 0) && keeps(b, a)) return b
  return elementwise('Add', [a, b], a.type)
}
export function subtract(a: Value, b: Value): Value {
  if (isFill(b, 0) && keeps(a, b)) return a
  return elementwise('Sub', [a, b], a.type)
}
export function multiply(a: Value, b: Value): Value {
  if (isFill(b, 1) && keeps(a, b)) return a
  if (isFill(a, 1) && keeps(b, a)) return b
  return elementwise('Mul', [a, b], a.type)
}
export function divide(a: Value, b: Value): Value {
  if (isFill(b, 1) && keeps(a, b)) return a
  return elementwise('Div', [a, b], a.type)
}
export const maximum = (a: Value, b: Value): Value => elementwise('Max', [a, b], a.type)
export const minimum = (a: Value, b: Value): Value => elementwise('Min', [a, b], a.type)
export const power = (a: Value, b: Value): Value => elementwise('Pow', [a, b], a.type)

export const equal = (a: Value, b: Value): Value => elementwise('Equal', [a, b], 'bool')
export const greater = (a: Value, b: Value): Value => elementwise('Greater', [a, b], 'bool')
export const greaterEqual = (a: Value, b: Value): Value => elementwise('GreaterOrEqual', [a, b], 'bool')
export const less = (a: Value, b: Value): Value => elementwise('Less', [a, b], 'bool')
export const lessEqual = (a: Value, b: Value): Value => elementwise('LessOrEqual', [a, b], 'bool')
export const not = (a: Value): Value => unary('Not', a)
export const and = (a: Value, b: Value): Value => elementwise('And', [a, b], 'bool')
export const or = (a: Value, b: Value): Value => elementwise('Or', [a, b], 'bool')
export const isNan = (a: Value): Value => unary('IsNaN', a, 'bool')

/** `condition ? a : b`, broadcast. */
export function where(condition: Value, a: Value, b: Value): Value {
  if (a.type !== 'bool') return elementwise('Where', [condition, a, b], a.type)
  // ONNX Runtime's Where knows no bool.
  return cast(where(condition, cast(a, 'int32'), cast(b, 'int32')), 'bool')
}

/** An operator on one input that keeps its shape. */
export function unary(op: string, x: Value, type: ElementType = x.type, attributes?: Attributes): Value {
  if (x.fill !== null && x.size > 1) return expand(node(op, [scalarized(x)], type, [], attributes), x.shape)
  return node(op, [x], type, x.shape, attributes)
}

/** A unary operator with one float attribute. */
export const unaryWith = (op: string, x: Value, name: string, number: number): Value =>
  unary(op, x, x.type, { [name]: float(number) })

/** Checks that a value has the expected rank. */
export function requireRank(value: Value, rank: number, argument: string): void {
  if (value.shape.length !== rank) throw new ShapeError(argument, value.shape, `rank ${rank}`)
}

/** An array of one number as a constant where an operator takes no broadcast. */
export function constantLike(type: ElementType, shape: readonly number[], number: number): Value {
  return constant(type, shape, fillArray(type, sizeOf(shape), number))
}
