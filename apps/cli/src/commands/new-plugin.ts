import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DataError, DcError, fileReason, OptionError, printable, quoted } from '@dc/core'
import { assemble } from '../assembly'
import { type PluginTemplate, pluginTemplates } from '../config/plugin-templates'
import { commandsOf, pluginPackage, templateFile } from '../new-plugin/plugin-package'
import type { Terminal } from '../terminal/output'
import { jsonText, shellWord } from '../terminal/text'

/**
 * `dclust new-plugin FOLDER`: writes a package with a plugin to start from.
 *
 * @throws DcError if the folder is not empty, or its name has no letters that a plugin's may have
 */
export async function newPlugin(
  folder: string,
  flags: { kind: string; json?: boolean },
  { stdout }: Terminal,
): Promise<number> {
  const kind = pluginTemplates.find((each) => each === flags.kind) as PluginTemplate
  const name = pluginName(basename(resolve(folder)))
  if (assemble().has(kind, name))
    throw new OptionError('folder', name, `another name: there is a ${kind} of this one already`)
  await refuseFull(folder)
  const files = await pluginPackage(kind, name, await readTemplate(kind))
  for (const [path, text] of Object.entries(files)) await write(join(folder, path), text)
  const commands = commandsOf(kind, name, shellWord(folder))
  if (flags.json)
    stdout.write(`${jsonText({ folder: resolve(folder), kind, name, files: Object.keys(files), commands })}\n`)
  else {
    const what = `${printable(folder, 500)}: a ${kind} called ${name}.`
    stdout.write(
      `${what}\n${Object.keys(files)
        .map((path) => `  ${path}\n`)
        .join('')}\nNext:\n`,
    )
    stdout.write(commands.map((command) => `  ${command}\n`).join(''))
  }
  return 0
}

/** Lower-case words joined by hyphens, of what a folder is called. */
function pluginName(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  if (!words)
    throw new DcError(`The folder's name, ${quoted(text)}, has no letter a–z or digit, of which a plugin's is made.`, {
      name: text,
    })
  return words.join('-').slice(0, 100)
}

async function refuseFull(folder: string): Promise<void> {
  const held = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new DataError(`The folder ${quoted(folder, 500)} cannot be used: ${fileReason(error)}.`, { folder }, error)
  })
  if (held.length > 0)
    throw new DataError(
      `The folder ${quoted(folder, 500)} is not empty: it holds ${quoted(held[0])}. Nothing was written; name a new one.`,
      { folder },
    )
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    throw new DataError(`${quoted(path, 500)} cannot be written: ${fileReason(error)}.`, { path }, error)
  }
}

async function readTemplate(kind: PluginTemplate): Promise<{ source: string; test: string }> {
  const read = (file: string) => readFile(templateFile(kind, file), 'utf8')
  return { source: await read('index.ts'), test: await read('index.test.ts') }
}
