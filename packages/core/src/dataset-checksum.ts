import type { Dataset } from './kinds'
import { sha256 } from './sha256'

/** Values read at once. */
const block = 1 << 20

/**
 * SHA-256 of the rows of a data set. Their values are added in order as they are read, in blocks of any size.
 *
 * @example
 * const hash = rowsHash(dataset)
 * hash.add(await dataset.read([0, 1, 2]))
 * hash.digest() // that of all rows, if there are three
 */
export function rowsHash({ size, sampleShape }: Pick<Dataset, 'size' | 'sampleShape'>): {
  add(values: Float32Array | Float64Array): void
  digest(): string
} {
  const hash = sha256().update(JSON.stringify([size, sampleShape]))
  return {
    add: (values) => void hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    digest: () => hash.digest('hex'),
  }
}

/**
 * SHA-256 of every row of a data set as `read` gives it, and of its size and shape. Its name does not count.
 *
 * @returns 64 hexadecimal digits
 */
export function rowsChecksum(dataset: Dataset): Promise<string> {
  return hashRows(dataset, (rows) => dataset.read(rows))
}

/**
 * SHA-256 of all that a training can see of a data set: every row, its labels, the names of its classes.
 *
 * Two copies of the same data have the same; one row changed, added or moved gives another. A data set that has a `fingerprint` is
 * not read.
 *
 * @returns 64 hexadecimal digits
 * @example
 * const identity = { seed: 0, data: await datasetChecksum(dataset) } // for `train` and `loadCheckpoint` of @dc/trainer
 */
export async function datasetChecksum(dataset: Dataset): Promise<string> {
  const { labels, classNames, readExact, size, sampleShape } = dataset
  const known = await dataset.fingerprint?.()
  const rows = known === undefined ? await rowsChecksum(dataset) : [known, size, sampleShape]
  const exact =
    readExact && known === undefined ? await hashRows(dataset, (rows) => readExact.call(dataset, rows)) : null
  const codes = labels ? Array.from(labels) : null
  const all = JSON.stringify([rows, exact, codes, classNames ?? null])
  return sha256().update(all).digest('hex')
}

async function hashRows(
  dataset: Dataset,
  read: (rows: Int32Array) => Promise<Float32Array | Float64Array>,
): Promise<string> {
  const { size, sampleShape } = dataset
  const hash = rowsHash(dataset)
  const width = sampleShape.reduce((product, side) => product * side, 1)
  const most = Math.max(1, Math.floor(block / Math.max(1, width)))
  for (let start = 0; start < size; start += most)
    hash.add(await read(Int32Array.from({ length: Math.min(most, size - start) }, (_, i) => start + i)))
  return hash.digest()
}
