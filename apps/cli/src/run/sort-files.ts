import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, realpath, stat, symlink } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { type Dataset, DcError, fileReason, letEventsIn, OptionError, printable, quoted, type RowFile } from '@dc/core'

/** Where files are sorted to, and whether they are copied or linked. */
export interface SortTarget {
  readonly how: 'copy' | 'link'
  readonly path: string
}

/** What was sorted. */
export interface Sorted {
  readonly files: number
  /** The folders that were made, by their clusters. */
  readonly folders: ReadonlyMap<number, string>
}

/** A target from flags. @throws DcError if both are given */
export function sortTarget({ copyTo, linkTo }: { copyTo?: string; linkTo?: string }): SortTarget | undefined {
  if (copyTo !== undefined && linkTo !== undefined)
    throw new DcError('--copy-to and --link-to both say where the files go; give one of them.')
  if (copyTo !== undefined) return { how: 'copy', path: copyTo }
  return linkTo === undefined ? undefined : { how: 'link', path: linkTo }
}

/**
 * Whether the files of a data set can be sorted to a folder, as far as that can be seen without writing.
 *
 * @throws OptionError if its rows are no files, or the folder lies among them, is not empty or is no folder
 */
export async function checkSortTarget(
  { how, path }: SortTarget,
  { name, rowFiles }: Pick<Dataset, 'name' | 'rowFiles'>,
): Promise<void> {
  const flag = `--${how}-to`
  if (!rowFiles)
    throw new OptionError(flag, path, `data of files, such as a folder of images; ${quoted(name)} has none`)
  if (path.trim() === '') throw new OptionError(flag, path, 'the name of a folder')
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new DcError(`${flag} ${printable(path)}: ${fileReason(error)}.`, { path }, error)
  })
  if (found && !found.isDirectory()) throw new OptionError(flag, path, 'a folder; a file of this name exists')
  if (found && (await readdir(path)).length > 0) throw new OptionError(flag, path, 'an empty or new folder')
  // The next run would take what is sorted for more pictures.
  const target = await real(path)
  const source = await real(commonFolder(rowFiles))
  const within = relative(source, target)
  if (within === '' || !(within === '..' || within.startsWith(`..${sep}`)))
    throw new OptionError(flag, path, `a folder outside of ${quoted(source)}, where the files are`)
}

/** The path without links, of what need not exist yet. */
async function real(path: string): Promise<string> {
  const whole = resolve(path)
  return realpath(whole).catch(async () =>
    dirname(whole) === whole ? whole : join(await real(dirname(whole)), basename(whole)),
  )
}

function commonFolder(files: readonly RowFile[]): string {
  let common = dirname(resolve(files[0].path)).split(sep)
  for (const { path } of files) {
    const parts = dirname(resolve(path)).split(sep)
    const differs = common.findIndex((part, at) => part !== parts[at])
    if (differs >= 0) common = common.slice(0, differs)
  }
  return common.join(sep) || sep
}

/**
 * Copies or links the files of a data set into a folder for each cluster: `03-cat`, by the number of the cluster and the name
 * of its most frequent class, where classes are known. Files of the same name are numbered, `a (2).jpg`. Nothing is
 * overwritten, and nothing is written outside of the folder.
 *
 * @param labels clusters 0 … k−1, one for each row
 * @param onProgress is told how many files are done
 * @throws OptionError as {@link checkSortTarget}; DcError for a file that cannot be read or written; InterruptedError
 */
export async function sortFiles(
  target: SortTarget,
  dataset: Pick<Dataset, 'name' | 'rowFiles' | 'labels' | 'classNames'>,
  labels: Int32Array,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Sorted> {
  await checkSortTarget(target, dataset)
  const files = dataset.rowFiles!
  const folders = folderNames(labels, dataset)
  for (const name of folders.values())
    await writing(target, join(target.path, name), (path) => mkdir(path, { recursive: true }))
  const taken = new Set<string>()
  for (const [row, file] of files.entries()) {
    const folder = join(target.path, folders.get(labels[row])!)
    const place = freeName(folder, basename(file.path), taken)
    await writing(target, place, () => put(target.how, file, place), file.path)
    onProgress?.(row + 1, files.length)
    if (row % 64 === 0) await letEventsIn(signal)
  }
  return { files: files.length, folders }
}

async function put(how: SortTarget['how'], { path, rawPath }: RowFile, place: string): Promise<void> {
  const source = rawPath ? wholeBytes(Buffer.from(rawPath)) : resolve(path)
  if (how === 'copy') await copyFile(source, place, constants.COPYFILE_EXCL)
  else await symlink(source, place)
}

/** Of a path whose bytes are no text. Only systems whose paths begin with a slash have such. */
const wholeBytes = (path: Buffer) => (path[0] === 0x2f ? path : Buffer.concat([Buffer.from(`${process.cwd()}/`), path]))

async function writing<T>(
  { how }: SortTarget,
  place: string,
  write: (path: string) => Promise<T>,
  source?: string,
): Promise<T> {
  try {
    return await write(place)
  } catch (error) {
    const what = source === undefined ? quoted(place) : `${quoted(source)} to ${quoted(place)}`
    throw new DcError(`--${how}-to: cannot write ${what}: ${fileReason(error)}.`, { place, source }, error)
  }
}

/** A name that no file of the folder has yet, on systems too that do not tell small letters from capitals. */
function freeName(folder: string, name: string, taken: Set<string>): string {
  const ending = extname(name)
  const stem = name.slice(0, name.length - ending.length)
  let free = name
  const key = () => join(folder, free).normalize('NFC').toLowerCase()
  for (let number = 2; taken.has(key()); number++) free = `${stem} (${number})${ending}`
  taken.add(key())
  return join(folder, free)
}

/** A name for the folder of each cluster that has rows. */
function folderNames(labels: Int32Array, { labels: truth, classNames }: Pick<Dataset, 'labels' | 'classNames'>) {
  const counts = new Map<number, Map<number, number>>()
  labels.forEach((cluster, row) => {
    if (!counts.has(cluster)) counts.set(cluster, new Map())
    const known = truth?.[row] ?? -1
    const own = counts.get(cluster)!
    if (known >= 0) own.set(known, (own.get(known) ?? 0) + 1)
  })
  const clusters = [...counts.keys()].sort((a, b) => a - b)
  const digits = String(clusters.at(-1)).length
  return new Map(
    clusters.map((cluster) => {
      const [most] = [...counts.get(cluster)!].sort(([a, many], [b, more]) => more - many || a - b)
      const name = most === undefined ? '' : safeName(classNames?.[most[0]] ?? String(most[0]))
      return [cluster, `${String(cluster).padStart(digits, '0')}${name === '' ? '' : `-${name}`}`]
    }),
  )
}

/** A name as a part of a folder's: letters, digits, blanks and a few signs, at most 40 of them. */
function safeName(name: string): string {
  const kept = name
    .slice(0, 1000)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._()-]+/gu, '_')
  return [...kept]
    .slice(0, 40)
    .join('')
    .replace(/[ .]+$/, '')
}
