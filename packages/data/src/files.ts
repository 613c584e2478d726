import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { DataError } from '@dc/core'

const inflate = promisify(gunzip)

/**
 * Reads a file, and unpacks it if it is gzip (told by its first bytes, not its name).
 *
 * @throws DataError naming the path if it cannot be read, is empty, or its gzip stream is broken
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT'
        ? 'it does not exist'
        : code === 'EISDIR'
          ? 'it is a folder, not a file'
          : (error as Error).message
    throw new DataError(`Cannot read '${path}': ${why}.`, { path, code }, error)
  }
  if (bytes.length === 0) throw new DataError(`'${path}' is empty.`, { path })
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await inflate(bytes)
  } catch (error) {
    throw new DataError(`'${path}' is not a whole gzip file: ${(error as Error).message}.`, { path }, error)
  }
}
