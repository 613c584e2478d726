import { DataError, type Dataset, ShapeError } from '@dc/core'

/** What {@link memoryDataset} takes: a dataset's facts, and its values row after row. */
export interface MemoryDatasetInit extends Omit<Dataset, 'size' | 'read'> {
  /** `size × Π sampleShape` finite values. */
  readonly values: Float32Array
}

/** A dataset whose values are all in memory, and may be looked at. */
export interface MemoryDataset extends Dataset {
  readonly values: Float32Array
}

/**
 * Wraps an array of values as a dataset.
 *
 * @param init `values` of shape `[n, ...sampleShape]`, row-major; `labels` of length n, classes 0…C−1 or −1 for unknown
 * @throws ShapeError if the values do not fill whole rows or labels and rows differ in number
 * @throws DataError if there are no rows, or a value is NaN or infinite (its row and column are named)
 * @example
 * const dataset = memoryDataset({ name: 'two', values: Float32Array.of(0, 1, 2, 3), sampleShape: [2] })
 * await dataset.read([1])   // Float32Array [2, 3]
 */
export function memoryDataset(init: MemoryDatasetInit): MemoryDataset {
  const { name, values, sampleShape, labels } = init
  const width = sampleShape.reduce((product, side) => product * side, 1)
  const size = values.length / width
  if (values.length === 0 || width === 0) throw new DataError(`Dataset '${name}' is empty.`, { name, sampleShape })
  if (!Number.isInteger(size))
    throw new ShapeError('values', [values.length], `a multiple of ${width} values (sample shape [${sampleShape}])`)
  if (labels && labels.length !== size)
    throw new ShapeError('labels', [labels.length], `[${size}], one label for each sample of '${name}'`)
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    const [row, column] = [Math.floor(bad / width), bad % width]
    throw new DataError(
      `Dataset '${name}' holds ${values[bad]} at row ${row}, column ${column} (both from 0); all values must be finite.`,
      { name, row, column, value: values[bad] },
    )
  }
  return {
    ...init,
    size,
    async read(rows) {
      const out = new Float32Array(rows.length * width)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]
        if (!(row >= 0 && row < size))
          throw new DataError(`Row ${row} is outside dataset '${name}' of ${size} samples.`, { name, row, size })
        out.set(values.subarray(row * width, (row + 1) * width), i * width)
      }
      return out
    },
  }
}
