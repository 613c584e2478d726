import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Complete, RootCommand } from '@bomb.sh/tab'
import { presets } from '@dc/pipelines'
import type { Argument, Command, Option } from 'commander'
import { assemble, backendCandidates } from '../assembly'
import type { Terminal } from '../terminal/output'

type Shell = 'bash' | 'zsh' | 'fish'

/** `dclust complete SHELL`: the script that makes a shell complete command lines of dclust. */
export function completionScript(shell: Shell, { stdout }: Terminal): number {
  stdout.write(`${printed(() => new RootCommand().setup('dclust', 'dclust', shell))}\n`)
  return 0
}

/**
 * `dclust complete -- WORDS`: what the last word may become; the script asks so.
 *
 * @param words what was typed after `dclust`; the last one is at the cursor, and may be empty
 */
export function completions(words: readonly string[], program: Command, { stdout }: Terminal): number {
  const root = new RootCommand()
  const current = words.at(-1) ?? ''
  const values = valuesFor(words)
  const files = (complete: Complete) => {
    for (const path of pathsAt(current)) complete(path, '')
  }
  const all = (found: readonly Candidate[]) => (complete: Complete) => {
    for (const { name, description } of found) complete(name, description)
  }
  const either = (found: readonly Candidate[]) => (complete: Complete) => {
    all(found)(complete)
    files(complete)
  }
  const choices = (names: readonly string[]) => all(names.map((name) => ({ name, description: '' })))
  const ofOption = (option: Option) => {
    if (option.argChoices) return choices(option.argChoices)
    const name = option.long?.slice(2) ?? ''
    if (name === 'data') return either(values.data)
    return values[name] ? all(values[name]) : paths.has(name) ? files : () => {}
  }
  const ofArgument = (argument: Argument) => {
    if (argument.argChoices) return choices(argument.argChoices)
    const name = argument.name()
    if (name === 'data' || name === 'photos') return either(values.data)
    return values[name] ? all(values[name]) : files
  }
  for (const command of program.createHelp().visibleCommands(program)) {
    const own = root.command(command.name(), command.description())
    for (const option of command.createHelp().visibleOptions(command)) {
      const name = option.long?.slice(2)
      if (name === undefined) continue
      if (option.required || option.optional) own.option(name, option.description, ofOption(option))
      else own.option(name, option.description)
    }
    for (const argument of command.registeredArguments)
      own.argument(argument.name(), ofArgument(argument), argument.variadic)
  }
  stdout.write(`${printed(() => root.parse([...words]))}\n`)
  return 0
}

interface Candidate {
  readonly name: string
  readonly description: string
}

/** Options whose values are files or folders. */
const paths = new Set(['config', 'out', 'init', 'labels', 'encoder', 'copy-to', 'link-to', 'plugin'])

/** What can be called by name, by the option or argument that takes it. */
function valuesFor(words: readonly string[]): Record<string, readonly Candidate[]> {
  const registry = assemble()
  const named = (kind: 'pipeline' | 'dataset') =>
    registry.list({ kind }).map(({ name, description = '' }) => ({ name, description }))
  const pipeline = words.find((word) => registry.has('pipeline', word))
  const recipes = presets.filter((preset) => pipeline === undefined || preset.pipeline === pipeline)
  const kinds = [...new Set(registry.list().map(({ kind }) => kind as string)), 'preset', 'label-rule']
  const listed = registry.list().filter(({ kind }) => words[0] === 'list' && words.includes(kind))
  return {
    pipeline: named('pipeline'),
    preset: [...new Map(recipes.map((preset) => [preset.name, preset])).values()],
    data: named('dataset'),
    backend: backendCandidates(registry).map(({ name }) => ({ name, description: '' })),
    kind: kinds.map((name) => ({ name, description: '' })),
    name: listed.map(({ name, description = '' }) => ({ name, description })),
  }
}

/** Files and folders that begin with what was typed. What a terminal would obey is left out. */
function pathsAt(typed: string): string[] {
  const folder = typed.endsWith('/') ? typed : dirname(typed)
  const start = typed.endsWith('/') ? '' : basename(typed)
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && !/\p{C}/u.test(name) && (start !== '' || !name.startsWith('.')))
      .map((entry) => {
        const path = folder === '.' && !typed.startsWith('./') ? entry.name : join(folder, entry.name)
        return `${typed.startsWith('./') ? './' : ''}${path}${entry.isDirectory() ? '/' : ''}`
      })
  } catch {
    return []
  }
}

/** What the library prints: it knows nothing but the console. */
function printed(work: () => void): string {
  const lines: string[] = []
  const { log } = console
  console.log = (line: string) => void lines.push(line)
  try {
    work()
  } finally {
    console.log = log
  }
  return lines.join('\n')
}
