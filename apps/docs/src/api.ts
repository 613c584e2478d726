import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { promisify } from 'node:util'
import { relative } from './links'
import { publishedFolders, root, textOf } from './repository'

/** Entries of the packages: `@dc/spectral/tensor` and its source. */
export function entries(): { name: string; source: string }[] {
  return publishedFolders()
    .filter((folder) => folder.startsWith('packages/'))
    .flatMap((folder) => {
      const { name, exports } = JSON.parse(textOf(`${folder}/package.json`)) as {
        name: string
        exports: Record<string, unknown>
      }
      return Object.keys(exports)
        .filter((entry) => !entry.endsWith('.json'))
        .map((entry) => ({
          name: `${name}${entry.slice(1)}`,
          source: `${folder}/src/${entry === '.' ? 'index' : entry.slice(2)}.ts`,
        }))
    })
}

/** A page for each entry, by TypeDoc, from the comments of its sources; `only` names packages. */
export async function apiPages(only?: readonly string[]): Promise<Map<string, string>> {
  const chosen = entries().filter(({ name }) => !only || only.includes(name))
  const folder = mkdtempSync(join(tmpdir(), 'dc-api-'))
  try {
    const options = {
      entryPoints: chosen.map(({ source }) => join(root, source)),
      tsconfig: join(root, 'tsconfig.json'),
      basePath: root,
      plugin: ['typedoc-plugin-markdown'],
      router: 'module',
      readme: 'none',
      out: join(folder, 'out'),
      // What `tsc` checks is not checked again.
      skipErrorChecking: true,
      excludeInternal: true,
      excludePrivate: true,
      excludeExternals: true,
      disableSources: true,
      hideBreadcrumbs: true,
      hidePageHeader: true,
      parametersFormat: 'table',
      propertiesFormat: 'table',
      interfacePropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
      logLevel: 'Error',
    }
    writeFileSync(join(folder, 'typedoc.json'), JSON.stringify(options))
    const here = createRequire(import.meta.url)
    const program = join(here.resolve('typedoc/package.json'), '../bin/typedoc')
    await promisify(execFile)(process.execPath, [program, '--options', join(folder, 'typedoc.json')], {
      cwd: join(root, 'apps/docs'),
      maxBuffer: 64 * 2 ** 20,
    })
    const made = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
    const files = made.filter((path) => path.startsWith('packages') && path.endsWith('.md'))
    return withPlaces(
      new Map(files.map((path) => [placeOf(path), pageOf(path, readFileSync(join(folder, 'out', path), 'utf8'))])),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** TypeDoc's `packages/spectral/src/tensor.md` is `api/spectral/tensor.md`, its `src.md` that package's `index.md`. */
function placeOf(path: string): string {
  const [, name, entry = 'index'] = /^packages\/([^/]+)\/src(?:\/(.+?)(?:-\d+)?)?\.md$/.exec(path)!
  return `api/${name}/${entry}.md`
}

const nameOf = (place: string) => `@dc/${place.replace(/^api\/|(\/index)?\.md$/g, '')}`

/** With the entry's name as title, and links to where the pages are. */
function pageOf(path: string, text: string): string {
  const place = placeOf(path)
  return text
    .replace(/^# .*$/m, `# ${nameOf(place)}`)
    .replace(/\]\(([^)\s#:]+\.md)(#[^)\s]*)?\)/g, (whole, to: string, anchor = '') => {
      const target = posix.join(dirname(path), to)
      return target.startsWith('packages/') ? `](${relative(place, placeOf(target))}${anchor})` : whole
    })
}

/** TypeDoc numbers some places, `#randomstate-1`, that are the only ones of their name: such a link loses its number. */
export function withPlaces(pages: ReadonlyMap<string, string>): Map<string, string> {
  const slug = (heading: string) => heading.toLowerCase().replace(/[^\w]/g, '')
  const counts = new Map(
    [...pages].map(([path, text]) => {
      const own = new Map<string, number>()
      for (const [, heading] of text.matchAll(/^#+ (.*)$/gm)) own.set(slug(heading), (own.get(slug(heading)) ?? 0) + 1)
      return [path, own]
    }),
  )
  const linked = (path: string, text: string) =>
    text.replace(/\]\(([^)\s#:]*)#([^)\s]+?)-(\d+)\)/g, (whole, to: string, name: string, number: string) => {
      const target = to === '' ? path : posix.join(dirname(path), to)
      const found = counts.get(target)?.get(slug(name))
      return found === undefined || found > Number(number) ? whole : `](${to}#${name})`
    })
  return new Map([...pages].map(([path, text]) => [path, linked(path, text)]))
}
