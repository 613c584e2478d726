import { constants, existsSync, readdirSync, type Stats } from 'node:fs'
import { access, appendFile, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DataError, DcError, OptionError, printable, quoted } from '@dc/core'
import { fileName } from '@dc/pipelines'
import { lockHolder, takeLock } from './lock'
import { isRunning, type ProcessIdentity } from './process-identity'

const marker = 'config.resolved.json'
const lock = 'lock.json'

/** The files of one run. Each is written beside its place and renamed, so that no reader sees half a file. */
export class RunFolder {
  private unlock: (() => Promise<void>) | undefined

  private constructor(
    readonly path: string,
    /** The topmost folder that was made for this run, if any was. */
    private readonly made?: string,
  ) {}

  /**
   * Whether a new run can be written there, as far as that can be seen without writing.
   *
   * @throws DcError if there is a run in it, or anything else, or it cannot be written
   */
  static async check(path: string): Promise<void> {
    if (path.trim() === '') throw new OptionError('--out', path, 'the name of a folder')
    const found = await writing(path, () => findStat(path))
    if (found && !found.isDirectory())
      throw new DcError(`--out ${printable(path)}: a file of this name exists; name a folder.`, { path })
    if (existsSync(join(path, marker)))
      throw new DcError(
        `--out ${printable(path)}: there is a run in this folder, and runs are never overwritten. Go on with it by --resume, or name another folder.`,
        { path },
      )
    await writing(path, async () => {
      if (found && !(await readdir(path)).every((name) => isBeginning(path, name)))
        throw new DcError(`--out ${printable(path)}: the folder is not empty and holds no run; name another one.`, {
          path,
        })
      await access(await nearest(path), constants.W_OK | constants.X_OK)
    })
    await new RunFolder(path).refuseIfInUse()
  }

  /**
   * Starts a folder for a new run, which this process holds until {@link RunFolder.close}. There is a run in it as soon as its
   * configuration is, which is written last.
   *
   * @throws DcError as {@link RunFolder.check}
   */
  static async create(path: string, config: unknown): Promise<RunFolder> {
    await RunFolder.check(path)
    const folder = new RunFolder(path, await writing(path, () => mkdir(path, { recursive: true })))
    await folder.hold()
    try {
      // Another process may have been faster.
      if (existsSync(join(path, marker))) await RunFolder.check(path)
      await writing(path, () => mkdir(join(path, 'checkpoints'), { recursive: true }))
      await folder.writeJson(marker, config)
    } catch (error) {
      await folder.close()
      throw error
    }
    return folder
  }

  /**
   * Opens the folder of an earlier run, to read it.
   *
   * @throws DataError if there is no run in it
   */
  static open(path: string): RunFolder {
    if (!existsSync(join(path, marker)))
      throw new DataError(`There is no run in ${quoted(path)} (no ${marker}).`, { path })
    return new RunFolder(path)
  }

  /**
   * Makes the folder this process's own until {@link RunFolder.close}.
   *
   * @throws DcError if another process works in it; what a dead one held is taken over
   */
  async hold(): Promise<void> {
    const taken = await writing(this.path, () => takeLock(this.file(lock)))
    if ('holder' in taken) throw this.inUse(taken.holder)
    this.unlock = taken.release
  }

  /** Gives the folder back. */
  async close(): Promise<void> {
    await this.unlock?.()
    this.unlock = undefined
  }

  /** The process that works in it now, if any does that can be seen from here. */
  async worker(): Promise<ProcessIdentity | null> {
    const holder = await writing(this.path, () => lockHolder(this.file(lock)))
    return holder && isRunning(holder) !== false ? holder : null
  }

  /** @throws DcError if a process works in the folder */
  async refuseIfInUse(): Promise<void> {
    const worker = await this.worker()
    if (worker) throw this.inUse(worker)
  }

  private inUse(holder: ProcessIdentity): DcError {
    const { pid, host } = holder
    const who = `process ${pid} of ${quoted(host)} works in it, and two runs would mix`
    const unseen = `Whether it still runs cannot be seen from here: if not, delete ${quoted(this.file(lock))}`
    const help = isRunning(holder) === null ? unseen : 'Wait for its end, or end it'
    return new DcError(`--out ${printable(this.path)}: ${who}. ${help}.`, { path: this.path, pid, host })
  }

  /** Takes away what {@link RunFolder.create} made, unless something was trained in it. */
  async removeUntrained(): Promise<void> {
    const trained =
      this.has('metrics.jsonl') || this.has('labels.csv') || (await readdir(this.file('checkpoints'))).length > 0
    if (trained) return
    for (const name of await readdir(this.path)) await rm(this.file(name), { recursive: true })
    // Folders above may by now hold other runs: only empty ones go.
    for (let at = resolve(this.path); this.made !== undefined && at.startsWith(resolve(this.made)); at = dirname(at))
      if (
        !(await rmdir(at).then(
          () => true,
          () => false,
        ))
      )
        return
  }

  file(name: string): string {
    return join(this.path, name)
  }

  has(name: string): boolean {
    return existsSync(this.file(name))
  }

  /** @param beside name of a training beside the seed's own */
  checkpoint(seed: number, beside?: string): string {
    const name = beside === undefined ? '' : `-${fileName(beside)}`
    return this.file(join('checkpoints', `seed-${seed}${name}.safetensors`))
  }

  /** Whether a seed was trained in it. */
  hasCheckpoint(): boolean {
    const checkpoints = this.file('checkpoints')
    return existsSync(checkpoints) && readdirSync(checkpoints).some((name) => /^seed-\d+\.safetensors$/.test(name))
  }

  /** Where a seed keeps what it took from another run; no training's name holds a dot. */
  initial(seed: number): string {
    return this.file(join('checkpoints', `seed-${seed}.init.safetensors`))
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const [target, beside] = [this.file(name), this.file(`${name}.part`)]
    await writing(target, async () => {
      try {
        await writeFile(beside, content)
        await rename(beside, target)
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {})
        throw error
      }
    })
  }

  writeJson(name: string, value: unknown): Promise<void> {
    return this.write(name, `${JSON.stringify(value, null, 2)}\n`)
  }

  async append(name: string, text: string): Promise<void> {
    await writing(this.file(name), () => appendFile(this.file(name), text))
  }

  /** @throws DataError if the file is missing */
  async read(name: string): Promise<string> {
    return readFile(this.file(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'it does not exist; the run did not finish' : error.message
      throw new DataError(`Cannot read ${quoted(this.file(name))}: ${why}.`, { path: this.file(name) }, error)
    })
  }

  /** @throws DataError if the file is missing or no JSON */
  async readJson<T>(name: string): Promise<T> {
    const text = await this.read(name)
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new DataError(`${quoted(this.file(name))} is not valid JSON.`, { path: this.file(name) }, error)
    }
  }
}

/** Whether a run that died before it had its configuration may have left this: nothing of it is lost. */
function isBeginning(path: string, name: string): boolean {
  if (name === 'checkpoints') return readdirSync(join(path, name)).length === 0
  return name === `${marker}.part` || name === lock || name.startsWith(`${lock}.`)
}

/** What is at a path, or null. */
async function findStat(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

/** The folder itself, or the nearest one above it that exists. */
async function nearest(path: string): Promise<string> {
  const above = dirname(resolve(path))
  return (await findStat(path)) || above === resolve(path) ? path : nearest(above)
}

/** Runs something that writes, and says plainly why it could not. */
async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const reasons: Record<string, string> = {
      ENOSPC: 'the disk is full',
      EACCES: 'no permission to write there',
      EROFS: 'the disk is read-only',
      ENOTDIR: 'a part of the path is a file',
      EEXIST: 'a part of the path is a file',
      ENAMETOOLONG: 'a name in the path is too long',
    }
    throw new DcError(`Cannot write ${quoted(path)}: ${reasons[code ?? ''] ?? message}.`, { path, code }, error)
  }
}
