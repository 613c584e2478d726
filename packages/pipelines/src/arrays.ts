// Matrices as the named arrays of a model's state, and back.
import { DataError, type NamedArrays } from '@dc/core'
import { type Matrix, matrix } from '@dc/spectral'

/** A matrix as an array of a state. */
export const arrayOf = ({ values, rows, columns }: Matrix): NamedArrays[string] => ({ shape: [rows, columns], values })

/** @throws DataError if the state lacks the array */
export function stateArray(state: NamedArrays, name: string): NamedArrays[string] {
  if (Object.hasOwn(state, name)) return state[name]
  throw new DataError(`The model lacks the array '${name}'.`, { name })
}

/** @throws DataError if the state lacks the matrix */
export function stateMatrix(state: NamedArrays, name: string): Matrix {
  const { shape, values } = stateArray(state, name)
  if (shape.length !== 2 || values instanceof Int32Array)
    throw new DataError(`The model's array '${name}' is no matrix of floats.`, { name, shape })
  return matrix(values, shape[0], shape[1])
}
