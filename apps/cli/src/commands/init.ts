import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DcError, fileReason, quoted } from '@dc/core'
import { assemble } from '../assembly'
import { initialFile } from '../config/initial-file'
import { loadPlugins } from '../plugins'
import type { Terminal } from '../terminal/output'
import { shellWord } from '../terminal/text'

/** What `dclust init` was given. */
export interface InitFlags {
  pipeline: string
  preset?: string
  plugin: string[]
}

/**
 * `dclust init [FILE]`: writes a configuration file with comments.
 *
 * @throws DcError if there is a file of this name, or it cannot be written
 */
export async function init(path: string, flags: InitFlags, { stdout, stderr }: Terminal): Promise<number> {
  const text = await initialFile(flags.pipeline, flags.preset, assemble(await loadPlugins(flags.plugin)))
  if (path === '-') {
    stdout.write(text)
    return 0
  }
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    // A file where a folder should be is said by mkdir.
    const exists = code === 'EEXIST' && syscall === 'open'
    const why = exists ? 'it exists, and is not overwritten; name another file' : fileReason(error)
    throw new DcError(`Cannot write ${quoted(path)}: ${why}.`, { path }, error)
  }
  stderr.write(`Wrote ${shellWord(path)}. Run it: dclust run --config ${shellWord(path)}\n`)
  return 0
}
