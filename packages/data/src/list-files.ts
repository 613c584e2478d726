import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { DataError, fileReason, quoted } from '@dc/core/plugin'
import { kindName } from './file-kind'
import { mapBounded } from './images/concurrency'

/** Names, in lower case, that systems, servers and tools put beside people's files. */
const systemNames = new Set([
  ...['thumbs.db', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini', '$recycle.bin', 'recycler', 'recycled'],
  ...['system volume information', 'lost+found', '__macosx', 'icon\r', 'network trash folder', 'temporary items'],
  ...['@eadir', '#recycle', '#snapshot', '@tmp', '@synoresource', '@recycle', '@recently-snapshot'],
  ...['node_modules', '__pycache__'],
])

/**
 * Whether a file or folder of this name holds no data. Such names begin with a dot, or were made by a system, a file server
 * or a tool: `.DS_Store`, `._photo.jpg`, `.ipynb_checkpoints`, `@eaDir`, `__MACOSX`, `lost+found`, `Thumbs.db`,
 * `desktop.ini`, `$RECYCLE.BIN`, `node_modules`.
 */
export function isHiddenName(name: string): boolean {
  const lower = name.toLowerCase()
  return name.startsWith('.') || systemNames.has(lower) || /^found\.\d{3}$/.test(lower)
}

/** An entry of a folder. A link is shown as its target, under the link's own name. */
export interface FolderEntry {
  /** The name. Bytes that are no UTF-8 are shown as `\xNN`. */
  readonly name: string
  readonly path: string
  /** The bytes of the path, if they are no UTF-8. `path` cannot open the entry then. */
  readonly rawPath?: Buffer
  readonly kind: 'file' | 'folder' | 'unreadable'
  readonly linked: boolean
  /**
   * Why it cannot be read: a link to nothing, a pipe, a socket, a device, or a folder that {@link listFiles} could not list.
   */
  readonly reason?: string
}

/** An entry at any depth below a folder. */
export interface ListedEntry extends Omit<FolderEntry, 'kind'> {
  /** `loop` is a link to a folder that it lies in, which is not followed. */
  readonly kind: FolderEntry['kind'] | 'loop'
  /** The names of the folders between the listed folder and the entry, the outermost first. */
  readonly within: readonly string[]
}

const readsAtOnce = 16
/** Most links to folders that are followed below one folder: folders of links to folders of links grow without end. */
const mostLinks = 100_000

/**
 * The entries of a folder, sorted by the bytes of their names, without those that {@link isHiddenName} excludes.
 *
 * @throws DataError if the folder cannot be read
 */
export async function listFolder(folder: Pick<FolderEntry, 'path' | 'rawPath'>): Promise<FolderEntry[]> {
  let found: Dirent<Buffer>[]
  try {
    found = await readdir(folder.rawPath ?? folder.path, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    throw new DataError(
      `Cannot read the folder ${quoted(folder.path)}: ${fileReason(error)}.`,
      { path: folder.path, why: fileReason(error) },
      error,
    )
  }
  const visible = found.filter(({ name }) => !isHiddenName(name.toString('latin1')))
  visible.sort((a, b) => Buffer.compare(a.name, b.name))
  return mapBounded(visible, readsAtOnce, (entry) => resolveEntry(folder, entry))
}

async function resolveEntry(
  folder: Pick<FolderEntry, 'path' | 'rawPath'>,
  entry: Dirent<Buffer>,
): Promise<FolderEntry> {
  const text = entry.name.toString('utf8')
  const isText = Buffer.from(text).equals(entry.name)
  const name = isText ? text : escapeBytes(entry.name)
  const path = join(folder.path, name)
  const rawPath =
    isText && !folder.rawPath
      ? undefined
      : Buffer.concat([folder.rawPath ?? Buffer.from(folder.path), Buffer.from(sep), entry.name])
  const linked = entry.isSymbolicLink()
  const place = { name, path, ...(rawPath ? { rawPath } : {}), linked }
  try {
    const target = linked ? await stat(rawPath ?? path) : entry
    if (target.isFile()) return { ...place, kind: 'file' }
    if (target.isDirectory()) return { ...place, kind: 'folder' }
    return { ...place, kind: 'unreadable', reason: `it is ${kindName(target)}, not a file` }
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const reason = gone ? 'it is a link to something that does not exist' : fileReason(error)
    return { ...place, kind: 'unreadable', reason }
  }
}

/**
 * All entries below a folder, at any depth, sorted by the bytes of their names: files, folders (each before its entries), and
 * what cannot be read. Links are followed under their own names. A link to a folder that contains it is not followed.
 *
 * @param within names of folders that are put before those of each entry
 * @throws DataError if the folder itself cannot be read, or 100,000 links to folders are found
 */
export async function listFiles(folder: string, within: readonly string[] = []): Promise<ListedEntry[]> {
  const listed: ListedEntry[] = []
  let links = 0
  const visit = async (place: Pick<FolderEntry, 'path' | 'rawPath'>, within: readonly string[], branch: string[]) => {
    for (const entry of await listFolder(place)) {
      const own = { ...entry, within }
      if (entry.kind !== 'folder') {
        listed.push(own)
        continue
      }
      const id = await identity(entry)
      if (entry.linked && branch.includes(id)) {
        listed.push({ ...own, kind: 'loop' })
        continue
      }
      if (entry.linked && ++links > mostLinks)
        throw new DataError(`${quoted(folder)} has more than ${mostLinks} links to folders below it.`, { folder })
      const at = listed.length
      listed.push(own)
      try {
        await visit(entry, [...within, entry.name], [...branch, id])
      } catch (error) {
        // Only this folder's own error is caught here. Errors of the folders below are caught in their own calls.
        if (!DataError.isInstance(error) || error.facts.path !== entry.path) throw error
        listed[at] = { ...own, reason: String(error.facts.why) }
      }
    }
  }
  await visit({ path: folder }, within, [await identity({ path: folder })])
  return listed
}

/** A text that is the same for all paths of one folder. */
async function identity({ path, rawPath }: Pick<FolderEntry, 'path' | 'rawPath'>): Promise<string> {
  const found = await stat(rawPath ?? path, { bigint: true }).catch(() => undefined)
  return found ? `${found.dev}:${found.ino}` : path
}

/** ASCII characters unchanged, every other byte as `\xNN`. */
function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}
