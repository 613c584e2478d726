import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, DcError } from '@dc/core'

const marker = 'config.resolved.json'

/** The files of one run. Each is written beside its place and renamed, so that no reader sees half a file. */
export class RunFolder {
  private constructor(readonly path: string) {}

  /**
   * Starts a folder for a new run.
   *
   * @throws DcError if there is a run in it, or anything else, or it cannot be written
   */
  static async create(path: string): Promise<RunFolder> {
    const found = await stat(path).catch(() => null)
    if (found && !found.isDirectory())
      throw new DcError(`--out ${path}: a file of this name exists; name a folder.`, { path })
    if (existsSync(join(path, marker)))
      throw new DcError(
        `--out ${path}: there is a run in this folder, and runs are never overwritten. Go on with it by --resume, or name another folder.`,
        { path },
      )
    if (found && (await readdir(path)).length > 0)
      throw new DcError(`--out ${path}: the folder is not empty and holds no run; name another one.`, { path })
    await writing(path, () => mkdir(join(path, 'checkpoints'), { recursive: true }))
    return new RunFolder(path)
  }

  /**
   * Opens the folder of an earlier run.
   *
   * @throws DataError if there is no run in it
   */
  static open(path: string): RunFolder {
    if (!existsSync(join(path, marker))) throw new DataError(`There is no run in '${path}' (no ${marker}).`, { path })
    return new RunFolder(path)
  }

  file(name: string): string {
    return join(this.path, name)
  }

  has(name: string): boolean {
    return existsSync(this.file(name))
  }

  /** @param beside name of a training beside the seed's own */
  checkpoint(seed: number, beside?: string): string {
    const name = beside === undefined ? '' : `-${beside.replace(/[^\w-]+/g, '-')}`
    return this.file(join('checkpoints', `seed-${seed}${name}.safetensors`))
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

  async append(name: string, line: unknown): Promise<void> {
    await writing(this.file(name), () => appendFile(this.file(name), `${JSON.stringify(line)}\n`))
  }

  /** @throws DataError if the file is missing */
  async read(name: string): Promise<string> {
    return readFile(this.file(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'it does not exist; the run did not finish' : error.message
      throw new DataError(`Cannot read '${this.file(name)}': ${why}.`, { path: this.file(name) }, error)
    })
  }

  /** @throws DataError if the file is missing or no JSON */
  async readJson<T>(name: string): Promise<T> {
    return this.parse<T>(name, await this.read(name))
  }

  /** The lines of a `.jsonl` file; none if there is no file. A last line cut short by a crash is dropped. */
  async readLines<T>(name: string): Promise<T[]> {
    if (!this.has(name)) return []
    const lines = (await this.read(name)).split('\n')
    return lines.slice(0, -1).map((line) => this.parse<T>(name, line))
  }

  private parse<T>(name: string, text: string): T {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new DataError(`'${this.file(name)}' is not valid JSON.`, { path: this.file(name) }, error)
    }
  }
}

/** Runs something that writes, and says plainly why it could not. */
async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reasons: Record<string, string> = {
      ENOSPC: 'the disk is full',
      EACCES: 'no permission to write there',
      EROFS: 'the disk is read-only',
      ENOTDIR: 'a part of the path is a file',
    }
    throw new DcError(`Cannot write '${path}': ${reasons[code ?? ''] ?? message}.`, { path, code }, error)
  }
}
