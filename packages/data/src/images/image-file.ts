import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { DataError, fileReason, type LeftOut, quoted, type RowFile } from '@dc/core/plugin'
import { kindName } from '../file-kind'

/** A part of an image in pixels, after the image's orientation was applied. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One image file of a dataset. */
export interface ImageFile extends RowFile {
  /** Its class; −1 if unknown. */
  readonly label: number
  /** The part of the image to keep. */
  readonly box?: Box
}

/** An image that could not be read or decoded. */
export type BadImage = LeftOut

/**
 * Reads the bytes of an image file. It never waits, as opening a pipe would.
 *
 * @throws DataError if the path is no regular file or cannot be read; then `facts.unread` is true
 */
export async function readImageFile({ path, rawPath }: RowFile): Promise<Uint8Array> {
  const unread = (why: string, cause?: unknown) =>
    new DataError(`Cannot read ${quoted(path)}: ${why}.`, { path, unread: true }, cause)
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    // Windows has no O_NONBLOCK, and no pipes in folders.
    file = await open(rawPath ? Buffer.from(rawPath) : path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const found = await file.stat()
    if (!found.isFile()) throw unread(`it is ${kindName(found)}, not a file`)
    return await file.readFile()
  } catch (error) {
    throw DataError.isInstance(error) ? error : unread(fileReason(error), error)
  } finally {
    await file?.close()
  }
}
