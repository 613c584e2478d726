// Every example of the documentation: the `@example` of a comment, the `ts` block of a README.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { givens } from './givens'

/** A piece of code that people copy. */
export interface Example {
  /** Where it stands, `packages/spectral/src/kmeans/kmeans.ts:89`. */
  readonly place: string
  /** Name of the package whose exports it may use without importing them. */
  readonly owner: string
  readonly code: string
}

/** The examples of a package: of its sources' comments and of its Markdown files. */
export function examplesOf(root: string, folder: string, owner: string): Example[] {
  const sources = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => join(root, folder, 'src', file))
  return [
    ...sources.flatMap((file) => found(root, file, owner, inComments(readFileSync(file, 'utf8')))),
    ...examplesOfPage(root, join(folder, 'README.md'), owner),
  ]
}

/** The `ts` blocks of a Markdown file. */
export function examplesOfPage(root: string, page: string, owner: string): Example[] {
  const file = join(root, page)
  return found(root, file, owner, inMarkdown(readFileSync(file, 'utf8')))
}

interface Block {
  readonly line: number
  readonly code: string
}

const found = (root: string, file: string, owner: string, blocks: readonly Block[]): Example[] =>
  blocks.map(({ line, code }) => ({ place: `${relative(root, file)}:${line}`, owner, code }))

function inMarkdown(text: string): Block[] {
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(({ index, 1: code }) => ({ line: lineAt(text, index) + 1, code }))
}

/** From `@example` to the next tag, or the end of the comment; a fence around it is taken off. */
function inComments(text: string): Block[] {
  const blocks: Block[] = []
  for (const { index, 0: comment } of text.matchAll(/\/\*\*.*?\*\//gs)) {
    const lines = comment
      .replace(/\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*(\/\*\*|\* ?)/, ''))
    lines.forEach((line, at) => {
      if (!/^\s*@example\b/.test(line)) return
      const rest = lines.slice(at + 1)
      const end = rest.findIndex((later) => /^\s*@[a-z]+\b/i.test(later))
      const code = (end < 0 ? rest : rest.slice(0, end)).filter((later) => !later.startsWith('```')).join('\n')
      blocks.push({ line: lineAt(text, index) + at + 1, code })
    })
  }
  return blocks
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

/**
 * Compiles examples as a user's strict files under `nodenext`, and tells what is wrong.
 *
 * What an example uses without importing it is imported for it if its package exports it, another package that it may know
 * exports it, or else declared as {@link givens} say. Anything that is left unknown is a fault.
 *
 * @param project a folder where the packages are installed
 * @param entries every entry of every package, `@dc/spectral`, `@dc/core/plugin`, …
 * @returns `place: message` of each fault
 */
export function compileExamples(project: string, entries: readonly string[], examples: readonly Example[]): string[] {
  const files = examples.map((_, at) => join(project, `example-${at}.ts`))
  const exported = exportsOf(project, entries)
  const heads = examples.map(() => '')
  const text = (at: number) =>
    `${heads[at]} export {}; const ignored: unknown = undefined; void ignored\n${examples[at].code}`
  const check = (): ts.Diagnostic[] => {
    const program = programOf(project, new Map(files.map((file, at) => [file, text(at)])))
    return files.flatMap((file) => {
      const source = program.getSourceFile(file)!
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    })
  }
  const indexOf = (diagnostic: ts.Diagnostic) => files.indexOf(diagnostic.file!.fileName)

  const unknown = examples.map(() => new Set<string>())
  for (const diagnostic of check()) {
    const name = unknownName(diagnostic)
    if (name) unknown[indexOf(diagnostic)].add(name)
  }
  examples.forEach(({ owner }, at) => {
    heads[at] = [...unknown[at]].map((name) => introduce(name, owner, exported)).join(' ')
  })
  return check()
    .filter(({ code }) => !harmless.has(code))
    .map((diagnostic) => {
      const { place } = examples[indexOf(diagnostic)]
      return `${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`
    })
}

// An expression alone on its line shows its value; a name shown twice is two alternatives; labels stand for objects.
const harmless = new Set([2695, 7028, 6133])

function unknownName({ code, file, start, length }: ts.Diagnostic): string | null {
  return [2304, 2503, 2552, 2593, 18004].includes(code) && file ? file.text.slice(start!, start! + length!) : null
}

/** How an unknown name becomes known: imported, or declared. */
function introduce(name: string, owner: string, exported: ReadonlyMap<string, readonly string[]>): string {
  const homes = exported.get(name) ?? []
  const own = homes.find((entry) => entry === owner) ?? homes.find((entry) => entry.startsWith(`${owner}/`))
  const given = givens[owner]?.[name]
  const home = own ?? (given ? undefined : (homes.find((entry) => entry === '@dc/core') ?? homes[0]))
  if (home) return `import { ${name} } from '${home}';`
  const type = given ?? givens.everywhere[name]
  if (type?.startsWith('import {')) return `${type};`
  return type ? `declare const ${name}: ${type};` : ''
}

/** Where each name is exported. */
function exportsOf(project: string, entries: readonly string[]): Map<string, string[]> {
  const file = join(project, 'entries.ts')
  const program = programOf(project, new Map([[file, entries.map((entry) => `import '${entry}'`).join('\n')]]))
  const checker = program.getTypeChecker()
  const exported = new Map<string, string[]>()
  program.getSourceFile(file)!.statements.forEach((statement, at) => {
    const symbol = checker.getSymbolAtLocation((statement as ts.ImportDeclaration).moduleSpecifier)
    for (const { name } of symbol ? checker.getExportsOfModule(symbol) : [])
      exported.set(name, [...(exported.get(name) ?? []), entries[at]])
  })
  return exported
}

function programOf(project: string, texts: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = {
    ...strict('nodenext'),
    // What is wrong with declarations is told of each package alone.
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
  }
  // A test runner is the user's.
  const runner = [
    join(project, 'vitest.d.ts'),
    `declare module 'vitest' { export const describe: ${givens.everywhere.describe}; export const it: typeof describe }`,
  ] as const
  return programWith(new Map([...texts, runner]), options, project)
}

function programWith(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions, project: string): ts.Program {
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, target, ...rest) =>
    texts.has(name) ? ts.createSourceFile(name, texts.get(name)!, target) : getSourceFile(name, target, ...rest)
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  host.getCurrentDirectory = () => project
  return ts.createProgram([...texts.keys()], options, host)
}

/** How a strict user's project may find modules. */
export type Finding = 'nodenext' | 'bundler'

const strict = (finding: Finding): ts.CompilerOptions => ({
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  ...(finding === 'nodenext'
    ? { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
    : { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }),
})

/**
 * Compiles a strict user's file, the declarations that it reaches checked too. Those of other packages than ours and
 * TensorFlow.js are only parsed: checking all would take a minute for each package.
 *
 * @param folder where the packages are installed
 * @returns `file: message` of each fault
 */
export function faultsOf(folder: string, code: string, finding: Finding): string[] {
  const file = join(folder, 'user.ts')
  const program = programWith(new Map([[file, code]]), strict(finding), folder)
  const checked = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === file || /node_modules\/@(dc|tensorflow)\//.test(fileName))
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ]
    .filter(({ code }) => !harmless.has(code))
    .map(
      ({ file, messageText }) => `${file?.fileName ?? 'options'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
}
