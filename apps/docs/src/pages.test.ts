// What holds of the site's pages before any is built.
import { describe, expect, it } from 'vitest'
import { withPlaces } from './api'
import { spread, tableUnder, withFigures } from './figures'
import { withLinks } from './links'
import { pages, titleOf } from './pages'
import { exists, filesIn, textOf } from './repository'
import { sectionOf } from './sections'
import { shownIn, withSnippets } from './snippets'

const all = pages()
/** The pages whose code is a file: all but READMEs and tables of results, which people read where they lie. */
const guides = all.filter(({ source }) => /^(docs|apps\/docs)\//.test(source))

/** Blocks of code that are written into a page; output and diagrams are none. */
const typedIn = (text: string) =>
  [...text.matchAll(/^```([^\n]+)$/gm)].map(([, kind]) => kind).filter((kind) => !['text', 'mermaid'].includes(kind))

describe('the pages', () => {
  it('are each in a section, with a title, at a place of their own', () => {
    expect(all.length).toBeGreaterThan(70)
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length)
    for (const { path, source } of all) {
      expect(sectionOf(path)).not.toBe('')
      expect(titleOf(textOf(source)), source).not.toBe('')
    }
  })

  it('show code that is a file, and none that is typed in', () => {
    for (const { source } of guides) expect(typedIn(textOf(source)), source).toEqual([])
    expect(typedIn('a\n```ts\nfit()\n```\n```text\nout\n```')).toEqual(['ts'])
    const shown = guides.flatMap(({ source }) => shownIn(textOf(source), source))
    expect(shown.filter((path) => !exists(path))).toEqual([])
    // Whatever tests run or check is one of the two; tests/packages/guides.test.ts runs the first.
    expect(shown.filter((path) => !/^examples\/(guides|plugin-brier\/src)\//.test(path))).toEqual([])
    expect(filesIn('examples/guides', '').filter((path) => !shown.includes(path))).toEqual([])
  })

  it('show a file, or a region of it without its indent', () => {
    const whole = withSnippets('[a](../../examples/guides/from-pot.ts "shown")', 'docs/guides/x.md')
    expect(whole).toMatch(/^```ts\nimport \{ balanced/)
    const region = withSnippets('[a](../../examples/guides/imbalanced-data.ts#otdc "shown")', 'docs/guides/x.md')
    expect(region).toMatch(/^```ts\nconst given = await fit/)
    expect(region).not.toMatch(/region|sp2ot/)
    expect(() => withSnippets('[a](nothing.ts "shown")', 'docs/x.md')).toThrow('docs/x.md shows nothing.ts')
    expect(() => withSnippets('[a](../examples/guides/from-pot.ts#no "shown")', 'docs/x.md')).toThrow('no region no')
  })

  it('link to pages, to files of the repository, and to nothing that is not there', () => {
    const page = { source: 'docs/systems/bootsc.md', path: 'systems/bootsc.md' }
    const linked = (text: string, repository?: string) =>
      withLinks(text, page, all, repository, (path) => `images/${path}`)
    expect(linked('[a](../scale.md#work-over-shards)')).toBe('[a](../scale.md#work-over-shards)')
    expect(linked('[a](../../bench/results/quality.md)')).toBe('[a](../benchmarks/quality.md)')
    expect(linked('[a](../../packages/spectral)')).toBe('[a](../packages/spectral/index.md)')
    expect(linked('[`a`](../../deploy)')).toBe('`a`')
    expect(linked('[`a`](../../deploy)', 'https://x.org/b')).toBe('[`a`](https://x.org/b/deploy)')
    expect(linked('```ts\n[a](nothing.md)\n```')).toBe('```ts\n[a](nothing.md)\n```')
    expect(() => linked('[a](nothing.md)')).toThrow('docs/systems/bootsc.md: a link to nothing.md')
  })

  it('of the API lead to places that are there', () => {
    const pages = new Map([
      ['api/a.md', '### State\n[s](#state-1) [t](./b.md#twice-1) [p](#property-x-1)'],
      ['api/b.md', '### Twice\n### Twice()'],
    ])
    expect(withPlaces(pages).get('api/a.md')).toBe('### State\n[s](#state) [t](./b.md#twice-1) [p](#property-x-1)')
  })

  it('have numbers from the results', () => {
    const text = withFigures('<!-- figures: bench/results/quality-embeddings.md ARI by set -->')
    const [, , ...rows] = tableUnder('bench/results/quality-embeddings.md')
    const umap = rows.find(([, method]) => method === 'UMAP + k-means')!
    expect(text).toContain(`| UMAP + k-means | ${umap[4]} |`)
    expect(text.split('\n')[0]).toBe('| method | texts-12 | clothes-10 | clothes-10-tail | emoji-25 | emoji-54 |')
    const table = [['set', 'method', 'ARI'], ['---'], ['a', 'x', '1'], ['', 'y, slow', '2'], ['b', 'y', '3']]
    expect(spread(table, 'ARI', 'set').slice(2)).toEqual([
      ['x', '1', '–'],
      ['y', '2', '3'],
    ])
    expect(() => withFigures('<!-- figures: bench/results/quality.md "No such heading" -->')).toThrow('no table')
  })
})
