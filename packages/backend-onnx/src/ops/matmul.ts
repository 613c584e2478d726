import { ShapeError } from '@dc/core/errors'
import { filled, node, sizeOf, type Value } from '../graph/value'
import { broadcastShape, cast } from './elementwise'
import { reshape, transposeMatrix } from './structure'

/** How a product reads its operands. */
export interface Transposes {
  readonly a?: boolean
  readonly b?: boolean
}

/**
 * Product of matrices, or of stacks of them with broadcast leading axes.
 *
 * Two matrices become a `Gemm`, which reads a transposed operand where it lies.
 */
export function matMul(a: Value, b: Value, transposed: Transposes = {}): Value {
  if (a.type !== 'float32' && a.type !== 'float64')
    return cast(matMul(cast(a, 'float64'), cast(b, 'float64'), transposed), a.type)
  const [aRows, aColumns] = matrixSize(a, transposed.a)
  const [bRows, bColumns] = matrixSize(b, transposed.b)
  if (aColumns !== bRows)
    throw new ShapeError('matMul: b', b.shape, `${aColumns} ${transposed.b ? 'columns' : 'rows'}, to follow a`)
  const stack = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const shape = [...stack, aRows, bColumns]
  if (sizeOf(shape) === 0 || aColumns === 0) return filled(a.type, shape, 0)
  if (sizeOf(stack) === 1 && a.size === aRows * aColumns) {
    const flat = gemm(asMatrix(a), asMatrix(b), transposed)
    return reshape(flat, shape)
  }
  // One matrix on the right: the stack on the left is just more rows.
  if (!transposed.a && b.size === aColumns * bColumns) {
    const rows = reshape(a, [a.size / aColumns, aColumns])
    return reshape(gemm(rows, asMatrix(b), transposed), shape)
  }
  if (a.type === 'float64') {
    const [left, right] = [transposed.a ? transposeMatrix(a) : a, transposed.b ? transposeMatrix(b) : b]
    return node('MatMul', [left, right], a.type, shape)
  }
  const flags = { transA: transposed.a ? 1 : 0, transB: transposed.b ? 1 : 0 }
  return node('FusedMatMul', [a, b], a.type, shape, flags, 'com.microsoft')
}

function gemm(a: Value, b: Value, transposed: Transposes): Value {
  const shape = [matrixSize(a, transposed.a)[0], matrixSize(b, transposed.b)[1]]
  return node('Gemm', [a, b], a.type, shape, { transA: transposed.a ? 1 : 0, transB: transposed.b ? 1 : 0 })
}

function matrixSize({ shape }: Value, transposed = false): [number, number] {
  if (shape.length < 2) throw new ShapeError('matMul: an operand', shape, 'a matrix or a stack of matrices')
  const [rows, columns] = shape.slice(-2)
  return transposed ? [columns, rows] : [rows, columns]
}

const asMatrix = (value: Value): Value => reshape(value, value.shape.slice(-2))
