import type { FileHandle } from 'node:fs/promises'
import { DataError, fileReason, nodeModule, quoted } from '@dc/core/plugin'
import { type FileSource, sourceName } from './file-source'

/** A file that is open for reading. */
export interface OpenedFile {
  readonly path: string
  /** Null for a pipe or a device, and for files that say 0, as those of /proc do. */
  readonly size: number | null
  /** Some of the next bytes, at most so many; none at the end. `at` is where, in files that have a size. */
  read(count: number, at: number | null): Promise<Uint8Array>
}

/**
 * Opens a file, and closes it afterwards.
 *
 * @throws DataError naming the file if it cannot be read
 */
export async function withFile<T>(file: FileSource, use: (opened: OpenedFile) => Promise<T>): Promise<T> {
  if (typeof file !== 'string') return use(givenFile(file))
  const { open } = nodeModule<typeof import('node:fs/promises')>('node:fs/promises', 'Reading a path')
  const handle = await open(file).catch(cannotRead(file))
  try {
    return await use({
      path: file,
      size: await sizeOf(handle, file),
      // Each piece is a new buffer: a decompressor may still hold the last one.
      async read(count, at) {
        const read = handle.read(new Uint8Array(count), 0, count, at)
        const { bytesRead, buffer } = await read.catch(cannotRead(file))
        return buffer.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}

/** For `catch`: turns an error of the file system into one that names the file. */
export function cannotRead(path: string): (error: unknown) => never {
  return (error) => {
    throw new DataError(
      `Cannot read ${quoted(path)}: ${fileReason(error)}.`,
      { path, code: (error as NodeJS.ErrnoException).code },
      error,
    )
  }
}

/** A file of a page, read from place to place. */
function givenFile(file: Exclude<FileSource, string>): OpenedFile {
  const path = sourceName(file)
  let next = 0
  return {
    path,
    size: file.size === 0 ? null : file.size,
    async read(count, at) {
      const start = at ?? next
      const bytes = await file
        .slice(start, start + count)
        .arrayBuffer()
        .catch(cannotRead(path))
      if (at === null) next += bytes.byteLength
      return new Uint8Array(bytes)
    },
  }
}

async function sizeOf(file: FileHandle, path: string): Promise<number | null> {
  const found = await file.stat().catch(cannotRead(path))
  if (found.isDirectory()) return cannotRead(path)({ code: 'EISDIR' })
  return found.isFile() && found.size > 0 ? found.size : null
}
