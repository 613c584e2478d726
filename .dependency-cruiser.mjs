// The house as docs/architecture.md draws it: which files and packages may know which.
// tests/packages/house.test.ts runs this; so does `npx depcruise packages apps`.

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  { name: 'no file circle', from: {}, to: { circular: true } },
  { name: 'every import of ours is found', from: {}, to: { path: '^(@dc/|[.]{1,2}/)', couldNotResolve: true } },
  {
    name: 'another package is imported by its name',
    from: { path: '^(?:packages|apps)/([^/]+)/' },
    to: { path: '^(packages|apps)/(?!$1/)', dependencyTypesNot: ['aliased'] },
  },
  {
    name: 'core knows no other package',
    from: { path: '^packages/core/' },
    to: { path: '^(packages/(?!core/)|apps/)' },
  },
  {
    name: 'the trainer knows core and data',
    from: { path: '^packages/trainer/' },
    to: { path: '^(packages/(?!(trainer|core|data)/)|apps/)' },
  },
  {
    name: 'what a page shows knows core alone',
    from: { path: '^packages/explore/' },
    to: { path: '^(packages/(?!(explore|core)/)|apps/)' },
  },
  {
    name: 'only apps know pipelines',
    from: { path: '^packages/(?!pipelines/)' },
    to: { path: '^packages/pipelines/' },
  },
  { name: 'no package knows an app', from: { path: '^packages/' }, to: { path: '^apps/' } },
]

export default {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    includeOnly: '^((packages|apps)/[^/]+/src/|@dc/|[.]{1,2}/)',
    exclude: { path: '[.]test[.]tsx?$' },
    // Imports of types count.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
