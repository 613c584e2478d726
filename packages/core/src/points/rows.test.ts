import { describe, expect, it } from 'vitest'
import { DcError } from '../errors'
import { asMatrix, type Rows } from './rows'

const values = Float32Array.of(0, 1, 2, 3, 4, 5)

describe('asMatrix', () => {
  it.each<[string, Rows]>([
    [
      'nested arrays',
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ['nested typed arrays', [values.subarray(0, 3), values.subarray(3)]],
    ['values and a shape', { values, shape: [2, 3] }],
    ['values and a shape of samples', { values, shape: [2, 3, 1] }],
    ['plain values and a shape', { values: [0, 1, 2, 3, 4, 5], shape: [2, 3] }],
    ['whole numbers and a shape', { values: Uint8Array.from(values), shape: [2, 3] }],
    ['a matrix', { values, rows: 2, columns: 3 }],
    ['a data set in memory', { values, sampleShape: [3] }],
  ])('takes %s', (_, given) => {
    const { values: found, rows, columns } = asMatrix(given)
    expect([rows, columns, ...found]).toEqual([2, 3, 0, 1, 2, 3, 4, 5])
  })

  it('keeps float32', () => {
    const single = Float32Array.of(1, 2)
    expect(asMatrix([single, single]).values).toBeInstanceOf(Float32Array)
    expect(asMatrix([single, [1, 2]]).values).toBeInstanceOf(Float64Array)
    expect(asMatrix([[1, 2]]).values).toBeInstanceOf(Float64Array)
  })

  it('copies no floating-point numbers, and gives a matrix back', () => {
    expect(asMatrix({ values, shape: [3, 2] }).values).toBe(values)
    const matrix = { values: new Float64Array(6), rows: 2, columns: 3 }
    expect(asMatrix(matrix)).toBe(matrix)
  })

  it.each<[string, unknown, string]>([
    ['rows of different lengths', [[1, 2], [3]], 'points[1] has shape [1]; expected [2], as the first row.'],
    [
      'a text in a row',
      [
        [1, 2],
        [3, '4'],
      ],
      "points[1][1]: got '4'; allowed: a number.",
    ],
    ['a hole', [[1, undefined]], 'points[0][1]: got undefined'],
    ['a number for a row', [1, 2, 3], 'points[0]: got 1; allowed: a row'],
    ['a text for a row', ['12', '34'], "points[0]: got '12'; allowed: a row"],
    ['nothing for a row', [[1], null], 'points[1]: got null'],
    ['no rows', [], 'points has shape [0, 0]; expected at least one row and one column'],
    ['empty rows', [[], []], 'points has shape [2, 0]; expected at least one row and one column'],
    ['no rows by shape', { values: [], shape: [0, 3] }, 'points has shape [0, 3]; expected at least one row'],
    ['a shape that does not fit', { values, shape: [2, 2] }, 'points.values has shape [6]; expected [2 × 2] numbers'],
    ['a matrix that does not fit', { values, rows: 4, columns: 2 }, 'points.values has shape [6]; expected [4 × 2]'],
    ['samples that do not fit', { values, sampleShape: [4] }, 'points.values has shape [6]; expected [2 × 4]'],
    ['a shape of one side', { values, shape: [6] }, 'points.shape: got [6]; allowed: whole numbers ≥ 0, at least 2'],
    ['a shape of fractions', { values, shape: [1.5, 4] }, 'points.shape: got [1.5,4]'],
    ['a shape that is none', { values, shape: 'wide' }, "points.shape: got 'wide'"],
    ['sides that are none', { values, rows: '2', columns: 3 }, 'points.rows, columns: got ["2",3]'],
    ['values without sides', { values }, 'points: got ["values"]; allowed: rows: [['],
    ['long integers', { values: BigInt64Array.of(1n), shape: [1, 1] }, 'points.values: got BigInt64Array(8 bytes)'],
    ['texts', { values: ['a'], shape: [1, 1] }, "points.values[0]: got 'a'; allowed: a number."],
    ['a flat array', values, 'points: got Float32Array(24 bytes); allowed: rows: [['],
    ['a map', new Map(), 'points: got {}'],
    ['a text', 'photos/', "points: got 'photos/'; allowed: rows"],
    ['nothing', undefined, 'points: got undefined; allowed: rows'],
    [
      'a data set that is read',
      { size: 2, sampleShape: [3], read: async () => values },
      'read the rows of this one first',
    ],
  ])('refuses %s', (_, given, told) => {
    const run = () => asMatrix(given as Rows)
    expect(run).toThrow(told)
    expect(run).toThrow(DcError)
  })
})
