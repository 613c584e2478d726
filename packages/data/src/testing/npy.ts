// `.npy` files for tests.
const types = new Map<unknown, string>([
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int32Array, '<i4'],
])

/** An array as the bytes of a file. */
export function npyBytes(values: Float32Array | Float64Array | Int32Array, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${types.get(values.constructor)}', 'fortran_order': False, 'shape': (${sides}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = Buffer.from(text.padEnd(length - 1).concat('\n'), 'latin1')
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 255, length >> 8])
  return Buffer.concat([start, header, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)])
}
