import { DataError, type Dataset, OptionError, quoted, ShapeError } from '@dc/core/plugin'
import { comfortableScale, type Narrowed, narrow } from './narrow'

/** What {@link memoryDataset} takes: a dataset's facts, and its values row after row. */
export interface MemoryDatasetInit extends Omit<Dataset, 'size' | 'read' | 'readExact' | 'mapping' | 'fingerprint'> {
  /** `size × Π sampleShape` finite values. What is not float32 is brought into it by the rules of {@link narrow}. */
  readonly values: Float32Array | Float64Array | BigInt64Array | BigUint64Array
  /** Exact values of integers that float64 does not hold, by their place in `values`. */
  readonly integers?: ReadonlyMap<number, bigint>
}

/** A dataset whose values are all in memory and can be looked at. */
export interface MemoryDataset extends Dataset {
  /** All rows, as `read` returns them. */
  readonly values: Float32Array
}

/**
 * Wraps an array of values as a dataset.
 *
 * Values of float64 or 64-bit integers that float32 would merge are shifted, scaled, or kept for `readExact`; `mapping` and
 * `notices` of the dataset say so.
 *
 * @param init `values` of shape `[n, ...sampleShape]`, row-major; `labels` of length n, classes 0…C−1 or −1 for unknown
 * @throws OptionError if the values are in no such array, or the sample shape has a side that is no whole number
 * @throws ShapeError if the values do not fill whole rows, or labels or names and rows differ in number
 * @throws DataError if there are no rows, a value is NaN or infinite (its row and column are named), a label is below −1 or has
 * no class name, or integers beyond 2^53 cannot be kept apart
 * @example
 * const dataset = memoryDataset({ name: 'two', values: Float32Array.of(0, 1, 2, 3), sampleShape: [2] })
 * await dataset.read([1])   // Float32Array [2, 3]
 */
export function memoryDataset(init: MemoryDatasetInit): MemoryDataset {
  const { values: given, integers, columns, ...facts } = init
  const { name, sampleShape, image, notices = [] } = facts
  checkForm(given, sampleShape)
  const width = sampleShape.reduce((product, side) => product * side, 1)
  const size = given.length / width
  if (given.length === 0 || width === 0) throw new DataError(`Dataset ${quoted(name)} is empty.`, { name, sampleShape })
  if (!Number.isInteger(size))
    throw new ShapeError('values', [given.length], `a multiple of ${width} values (sample shape [${sampleShape}])`)
  checkLabels(facts, size)
  for (const names of ['rowNames', 'rowFiles'] as const)
    if (facts[names] && facts[names].length !== size)
      throw new ShapeError(names, [facts[names].length], `[${size}], one for each sample of ${quoted(name)}`)
  const nameOf = (column: number) => (columns ? quoted(columns[column]) : `${column}`)
  const narrowed = intoFloat32(given, width, { integers, nameOf, shift: !image }, name)
  const { values, exact, mapping } = narrowed
  const read = <T extends Float32Array | Float64Array>(all: T, rows: ArrayLike<number>, out: T): T => {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      if (!(Number.isInteger(row) && row >= 0 && row < size))
        throw new DataError(`Row ${row} is outside dataset ${quoted(name)} of ${size} samples.`, { name, row, size })
      out.set(all.subarray(row * width, (row + 1) * width), i * width)
    }
    return out
  }
  return {
    ...facts,
    ...(columns && { columns }),
    ...(image && mapping && { image: { ...image, range: scaled(image.range, mapping.scale) } }),
    ...(mapping && { mapping }),
    ...(notices.length + narrowed.notices.length > 0 && { notices: [...notices, ...narrowed.notices] }),
    values,
    size,
    read: async (rows) => read(values, rows, new Float32Array(rows.length * width)),
    ...(exact && { readExact: async (rows) => read(exact, rows, new Float64Array(rows.length * width)) }),
  }
}

/** Programs without types may give anything: other arrays lose digits in float32, or cannot be cut. */
function checkForm(values: unknown, sampleShape: readonly number[]): void {
  if (![Float32Array, Float64Array, BigInt64Array, BigUint64Array].some((kind) => values instanceof kind)) {
    const found = values === null || values === undefined ? values : Object.prototype.toString.call(values).slice(8, -1)
    throw new OptionError('values', found, 'a Float32Array, Float64Array, BigInt64Array or BigUint64Array')
  }
  if (sampleShape.some((side) => !(Number.isInteger(side) && side >= 0)))
    throw new OptionError('sampleShape', sampleShape, 'whole numbers ≥ 0')
}

function intoFloat32(
  given: MemoryDatasetInit['values'],
  width: number,
  options: Parameters<typeof narrow>[2],
  name: string,
): Narrowed {
  if (given instanceof BigInt64Array || given instanceof BigUint64Array) {
    const values = new Float64Array(given.length)
    const integers = new Map<number, bigint>()
    for (let at = 0; at < given.length; at++) {
      values[at] = Number(given[at])
      if (BigInt(values[at]) !== given[at]) integers.set(at, given[at])
    }
    return narrow(values, width, { ...options, integers })
  }
  const most = largestFinite(given, width, name, options.nameOf)
  if (given instanceof Float64Array) return narrow(given, width, options)
  const scale = comfortableScale(most)
  if (scale === 1) return { values: given, notices: [] }
  return narrow(Float64Array.from(given), width, options)
}

/** The largest size of a value. @throws DataError naming the first that is NaN or infinite */
function largestFinite(
  values: Float32Array | Float64Array,
  width: number,
  name: string,
  nameOf: (column: number) => string,
): number {
  let most = 0
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at])
    if (size > most) most = size
    if (size <= Number.MAX_VALUE) continue
    const [row, column] = [Math.floor(at / width), at % width]
    throw new DataError(
      `Dataset ${quoted(name)} holds ${values[at]} at row ${row}, column ${nameOf(column)} (both from 0); all values must be finite.`,
      { name, row, column, value: values[at] },
    )
  }
  return most
}

function checkLabels(
  { name, labels, classNames }: Pick<Dataset, 'name' | 'labels' | 'classNames'>,
  size: number,
): void {
  if (!labels) return
  if (labels.length !== size)
    throw new ShapeError('labels', [labels.length], `[${size}], one label for each sample of ${quoted(name)}`)
  const classes = classNames?.length ?? Number.POSITIVE_INFINITY
  const bad = labels.findIndex((label) => !(Number.isInteger(label) && label >= -1 && label < classes))
  if (bad >= 0)
    throw new DataError(
      `Dataset ${quoted(name)} has label ${labels[bad]} in row ${bad} (from 0); allowed are −1 for unknown${classNames ? ` and 0…${classes - 1}` : ' and classes 0, 1, …'}.`,
      { name, row: bad, label: labels[bad] },
    )
}

const scaled = ([low, high]: readonly [number, number], scale: number) => [low * scale, high * scale] as const
