import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DataError } from '@dc/core'

const block = 512

/**
 * Unpacks the regular files of a `.tar` or `.tar.gz` archive into a folder, one part at a time.
 *
 * @returns the paths written, relative to the folder
 * @throws DataError if the archive is broken or a member's path leads out of the folder
 * @see POSIX.1-2017, pax, "ustar Interchange Format"
 * @example
 * await unpackTar('cifar-10-binary.tar.gz', '/data')
 */
export async function unpackTar(archive: string, folder: string): Promise<string[]> {
  const written: string[] = []
  let rest: Buffer = Buffer.alloc(0)
  let member: { handle: FileHandle | null; left: number; padding: number } | null = null
  const take = async (): Promise<boolean> => {
    if (!member) {
      if (rest.length < block) return false
      const header = readHeader(rest.subarray(0, block), archive)
      rest = rest.subarray(block)
      if (!header) return true
      const keep = header.type === '0' || header.type === '\0'
      let handle: FileHandle | null = null
      if (keep) {
        const path = join(folder, inside(header.name, archive))
        await mkdir(dirname(path), { recursive: true })
        handle = await open(path, 'w')
        written.push(normalize(header.name))
      }
      member = { handle, left: header.size, padding: (block - (header.size % block)) % block }
    }
    const part = rest.subarray(0, member.left)
    if (member.handle && part.length > 0) await member.handle.writeFile(part)
    member.left -= part.length
    rest = rest.subarray(part.length)
    if (member.left > 0 || rest.length < member.padding) return false
    rest = rest.subarray(member.padding)
    await member.handle?.close()
    member = null
    return true
  }
  try {
    const source = createReadStream(archive, { highWaterMark: 1 << 20 })
    const parts = (await isGzip(archive)) ? source.on('error', () => {}).pipe(createGunzip()) : source
    for await (const part of parts) {
      rest = Buffer.concat([rest, part])
      while (await take());
    }
  } catch (error) {
    if (DataError.isInstance(error)) throw error
    throw new DataError(`'${archive}' cannot be unpacked: ${(error as Error).message}.`, { archive }, error)
  } finally {
    const unfinished = member as { handle: FileHandle | null } | null
    await unfinished?.handle?.close()
  }
  if (member || written.length === 0) throw new DataError(`'${archive}' is not a whole tar archive.`, { archive })
  return written
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer } = await handle.read(new Uint8Array(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

/** Name, size and type of a member; null for the zero blocks at the end. */
function readHeader(header: Buffer, archive: string): { name: string; size: number; type: string } | null {
  if (header.every((byte) => byte === 0)) return null
  const text = (start: number, length: number) => header.toString('utf8', start, start + length).split('\0')[0]
  // The checksum counts its own eight bytes as spaces.
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
  if (Number.parseInt(text(148, 8), 8) !== sum)
    throw new DataError(`'${archive}' is not a tar archive, or is broken: a header's checksum is wrong.`, { archive })
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : ''
  return {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    size: Number.parseInt(text(124, 12).trim(), 8),
    type: header.toString('latin1', 156, 157),
  }
}

function inside(name: string, archive: string): string {
  const path = normalize(name)
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..'))
    throw new DataError(`'${archive}' has a member '${name}' outside of its folder.`, { archive, name })
  return path
}
