import { stat } from 'node:fs/promises'
import { DataError, quoted } from '@dc/core/plugin'
import { cannotRead } from '../files'

/**
 * The number of records of one length in a file.
 *
 * @param published the number that it must have; undefined allows any number from 1
 * @throws DataError if the file cannot be read, does not consist of whole records, or has another number of them
 */
export async function countRecords(path: string, bytes: number, published: number | undefined): Promise<number> {
  const found = await stat(path).catch(cannotRead(path))
  if (!found.isFile()) throw new DataError(`${quoted(path)} is no file.`, { path })
  const { size } = found
  if (size === 0 || size % bytes !== 0)
    throw new DataError(
      `${quoted(path)} has ${size} bytes; expected a positive multiple of ${bytes}, whole records. It may be cut.`,
      { path, size },
    )
  const count = size / bytes
  if (published !== undefined && count !== published)
    throw new DataError(
      `${quoted(path)} holds ${count} images; as published it has ${published}. It may be cut; if it is meant so, give 'partial'.`,
      { path, count, published },
    )
  return count
}
