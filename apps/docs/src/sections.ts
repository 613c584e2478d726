/** The parts of the site in the order of its sidebar: a page belongs to the first whose pattern its path fits. */
export const sections: readonly {
  readonly text: string
  readonly pages: RegExp
  readonly first?: readonly string[]
}[] = [
  {
    text: 'Start',
    pages: /^(index|quick-start|which-method|try)\.md$/,
    first: ['index', 'quick-start', 'which-method'],
  },
  {
    text: 'Guides',
    pages: /^guides\/|^(plugins|scale)\.md$/,
    first: [
      'embeddings',
      'photos',
      'texts',
      'imbalanced-data',
      'unknown-k',
      'new-rows',
      'resuming',
      'gpu',
      'many-machines',
      'scale',
      'plugins',
    ],
  },
  { text: 'Systems', pages: /^systems\//, first: ['index'] },
  { text: 'Packages', pages: /^packages\//, first: ['pipelines', 'cli'] },
  { text: 'Reference', pages: /^reference\//, first: ['commands', 'presets'] },
  { text: 'API', pages: /^api\// },
  { text: 'Benchmarks', pages: /^benchmarks\//, first: ['index', 'quality-embeddings'] },
  {
    text: 'How it is made',
    pages: /^(architecture|backend-onnx|releases)\.md$|^contributing\//,
    first: ['architecture', 'backend-onnx', 'index'],
  },
  { text: 'Decisions', pages: /^decisions\//, first: ['index'] },
]

/** The section of a page. */
export function sectionOf(path: string): string {
  const found = sections.find(({ pages }) => pages.test(path))
  if (!found) throw new Error(`${path} belongs to no section of the site: add it to apps/docs/src/sections.ts`)
  return found.text
}

/** Where a page stands among those of its section. */
export function rankOf(path: string): number {
  const { first = [] } = sections.find(({ pages }) => pages.test(path)) ?? {}
  const at = first.findIndex((name) => new RegExp(`(^|/)${name}(\\.md|/index\\.md)$`).test(path))
  return at < 0 ? first.length : at
}
