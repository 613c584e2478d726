import { filesIn, publishedFolders } from './repository'

/** A page of the site: where it lies there, and the file of the repository that it is. */
export interface Page {
  /** Below the site's root: `systems/bootsc.md`. */
  readonly path: string
  /** From the root of the repository: `docs/systems/bootsc.md`. */
  readonly source: string
}

/** Which files become pages where: each file is one page, and no text stands twice. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^apps\/docs\/pages\/(.+)$/, '$1'],
  [/^docs\/decisions\/README\.md$/, 'decisions/index.md'],
  [/^docs\/tasks\/(.+)$/, 'contributing/$1'],
  [/^docs\/(.+)$/, '$1'],
  [/^bench\/results\/(.+)$/, 'benchmarks/$1'],
  [/^(?:packages|apps)\/([^/]+)\/README\.md$/, 'packages/$1/index.md'],
  [/^(?:packages|apps)\/([^/]+)\/FEATURES\.md$/, 'packages/$1/features.md'],
  [/^CONTRIBUTING\.md$/, 'contributing/index.md'],
  [/^SECURITY\.md$/, 'contributing/security.md'],
  [/^CODE_OF_CONDUCT\.md$/, 'contributing/code-of-conduct.md'],
]

/** Folders and files whose page is another. */
const aliases: Record<string, string> = {
  'README.md': 'apps/docs/pages/index.md',
  docs: 'apps/docs/pages/index.md',
  'docs/README.md': 'apps/docs/pages/index.md',
  'docs/decisions': 'docs/decisions/README.md',
  'docs/systems': 'apps/docs/pages/systems/index.md',
  'bench/results': 'apps/docs/pages/benchmarks/index.md',
}

/** Every page that is a file. */
export function pages(): Page[] {
  const sources = [
    ...filesIn('apps/docs/pages', '.md'),
    ...filesIn('docs', '.md').filter((path) => path !== 'docs/README.md'),
    ...filesIn('bench/results', '.md'),
    ...publishedFolders().flatMap((path) => [`${path}/README.md`, `${path}/FEATURES.md`]),
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CODE_OF_CONDUCT.md',
  ]
  return sources.map((source) => ({ source, path: placeOf(source)! }))
}

function placeOf(source: string): string | null {
  const found = places.find(([pattern]) => pattern.test(source))
  return found ? source.replace(...found) : null
}

/** The page that shows a file or folder of the repository, if one does. */
export function pageOf(source: string, all: readonly Page[]): Page | null {
  const at = (path: string) => all.find((page) => page.source === path) ?? null
  const path = source.replace(/\/$/, '')
  return at(aliases[path] ?? path) ?? at(`${path}/README.md`)
}

/** The title of a page: its first heading, without marks, or what its head says. */
export const titleOf = (text: string) =>
  (/^# (.+)$/m.exec(text)?.[1] ?? /^---\n[\s\S]*?^title: (.+)$/m.exec(text)?.[1] ?? '')
    .replace(/`|\*\*/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
