import { type FileHandle, link, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { DataError, fileReason, OptionError, quoted } from '@dc/core/plugin'
import { type Extract, extract, type Header } from 'tar-stream'
import type { ByteStream } from '../byte-stream'
import { type ReadOptions, readStream } from '../files'

/** How {@link unpackTar} unpacks. */
export interface UnpackOptions extends ReadOptions {
  /** The most files an archive may hold; 1,000,000 by default. */
  readonly maxFiles?: number
}

const block = 512
const skipped = ['directory', 'symlink', 'character-device', 'block-device', 'fifo']

/**
 * Unpacks the regular files of a `.tar` or `.tar.gz` archive into a folder. A hard link gives a file of the archive a second name,
 * and is unpacked too. Symbolic links, devices and empty folders are left out.
 *
 * Files are unpacked into a temporary folder beside their places and moved when all are there, so that a broken archive
 * leaves nothing. Files of the same name are replaced.
 *
 * @returns the paths written, relative to the folder
 * @throws DataError if the archive is broken or cut, holds no files, a member's path leads out of the folder, two members have one
 * path, a hard link is to no file before it, a member is sparse or of a kind that is not known, or the limits are passed
 * @see POSIX.1-2017, pax, "ustar Interchange Format"
 * @example
 * await unpackTar('cifar-10-binary.tar.gz', '/data')
 */
export async function unpackTar(archive: string, folder: string, options: UnpackOptions = {}): Promise<string[]> {
  const { maxFiles = 1_000_000 } = options
  if (!Number.isInteger(maxFiles) || maxFiles < 1) throw new OptionError('maxFiles', maxFiles, 'an integer ≥ 1')
  let temporary: string | undefined
  try {
    await mkdir(folder, { recursive: true })
    temporary = await mkdtemp(join(folder, '.unpacking-'))
    const here = temporary
    const written = await readStream(archive, options, (stream) => unpackAll(stream, here, maxFiles))
    for (const path of written) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await rename(join(here, path), join(folder, path))
    }
    return written
  } catch (error) {
    if (DataError.isInstance(error)) throw error
    throw new DataError(`${quoted(archive)} cannot be unpacked: ${fileReason(error)}.`, { archive }, error)
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
  }
}

async function unpackAll(stream: ByteStream, folder: string, maxFiles: number): Promise<string[]> {
  const archive = stream.name
  // Archives from before POSIX do not name their format. The checksum of each header tells whether it is one.
  const parser = extract({ allowUnknownFormat: true } as Parameters<typeof extract>[0])
  let failure: unknown
  parser.on('error', (error) => {
    failure = error
  })
  const closed = new Promise((resolve) => parser.once('close', () => resolve(null)))
  const fed = feed(stream, parser)
  const written = new Set<string>()
  try {
    for await (const member of parser) {
      const path = pathOf(member.header, archive)
      if (path === null) {
        for await (const _ of member);
        continue
      }
      if (written.has(path))
        throw new DataError(`${quoted(archive)} has two members ${quoted(path)}.`, { archive, path })
      if (written.size === maxFiles)
        throw new DataError(
          `${quoted(archive)} has more than ${maxFiles} files. If it is to be trusted, give 'maxFiles'.`,
          {
            archive,
            maxFiles,
          },
        )
      await mkdir(dirname(join(folder, path)), { recursive: true })
      const { type, linkname } = member.header
      if (type === 'link') {
        const target = normalize(linkname ?? '')
        if (!written.has(target))
          throw new DataError(
            `${quoted(archive)} has a link ${quoted(path)} to ${quoted(target)}, which is no file before it.`,
            { archive, path },
          )
        await link(join(folder, target), join(folder, path))
        for await (const _ of member);
        written.add(path)
        continue
      }
      const file = await open(join(folder, path), 'wx')
      try {
        for await (const part of member) await writeAll(file, part as Uint8Array)
      } finally {
        await file.close()
      }
      written.add(path)
    }
  } catch (error) {
    parser.destroy()
    await closed
    // A member that is read when the parser fails says only that its stream was destroyed.
    throw DataError.isInstance(error) ? error : (failure ?? error)
  }
  if (!(await fed).ended)
    throw new DataError(`${quoted(archive)} is not a whole tar archive: its end is missing.`, { archive })
  if (written.size === 0) throw new DataError(`${quoted(archive)} holds no files.`, { archive })
  return [...written]
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

/** Feeds bytes to the parser at its pace. Tells whether they end with a block of zeros, as archives do. */
async function feed(stream: ByteStream, parser: Extract): Promise<{ ended: boolean }> {
  let zeros = 0
  try {
    for await (const piece of stream.pieceByPiece()) {
      let last = piece.length
      while (last > 0 && piece[last - 1] === 0) last--
      zeros = last === 0 ? zeros + piece.length : piece.length - last
      if (parser.destroying) break
      if (parser.write(piece)) continue
      await new Promise<void>((resolve) => {
        const goOn = () => {
          parser.off('drain', goOn)
          parser.off('close', goOn)
          resolve()
        }
        parser.on('drain', goOn)
        parser.on('close', goOn)
      })
    }
    parser.end(null)
  } catch (error) {
    parser.destroy(error as Error)
  }
  return { ended: zeros >= block }
}

/** The path that a member is written to; null for a member that is not written. */
function pathOf({ name, type, pax }: Header, archive: string): string | null {
  const wrong = (what: string) =>
    new DataError(`${quoted(archive)} has a member ${quoted(name)} ${what}.`, { archive, name })
  if (skipped.includes(type) || name.endsWith('/')) return null
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'link') throw wrong('of a kind that is not read')
  if (Object.keys(pax ?? {}).some((key) => key.startsWith('GNU.sparse')))
    throw wrong('that is sparse, which is not read')
  const path = normalize(name)
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) throw wrong('outside of its folder')
  if (path === '.') throw wrong('without a name')
  return path
}
