import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = (folder: string, wanted: (path: string) => boolean) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && wanted(path))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))
const parts = ['backbones', 'core', 'losses', 'ot-sinkhorn', 'spectral'].flatMap((name) =>
  sources(`packages/${name}/src`, () => true),
)
const others = sources('packages/pipelines/src', (path) => !path.startsWith('systems'))

/** The names that a page's tables of formulas give for what is in the code, such as `headLosses` or `swapped-cross-entropy`. */
function namesIn(page: string): string[] {
  const [, ...tables] = page.split('| formula | in the code |')
  const rows = tables.flatMap((table) => table.split('\n\n')[0].split('\n').slice(2))
  const cells = rows.map((row) => row.split(/(?<!\\)\|/).at(-2) ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Za-z][\w-]*)`/g)].map(([, name]) => name))
}

/** The names that a page's diagram has for what is in the code. */
function drawnIn(page: string): string[] {
  const [, diagram = ''] = /```mermaid\n([\s\S]*?)```/.exec(page) ?? []
  const lines = diagram.split('\n').slice(1)
  return [...new Set(lines.flatMap((line) => line.replace(/\|[^|]*\|/g, ' ').match(/\w+/g) ?? []))]
}

/** Those that no source has outside its comments. */
function unknown(names: readonly string[], texts: readonly string[]): string[] {
  const code = texts.map((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')).join('\n')
  return names.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code))
}

describe.each(readdirSync(join(root, 'docs/systems')))('docs/systems/%s', (file) => {
  const page = readFileSync(join(root, 'docs/systems', file), 'utf8')
  const own = sources('packages/pipelines/src/systems', (path) => path === file.replace('.md', '.ts'))

  it('names what is in the code', () => {
    expect(own).toHaveLength(1)
    const names = namesIn(page)
    expect(names.length).toBeGreaterThan(8)
    expect(unknown(names, [...own, ...parts, ...others])).toEqual([])
    const drawn = drawnIn(page)
    expect(drawn.length).toBeGreaterThan(4)
    expect(unknown(drawn, [...own, ...parts, ...others])).toEqual([])
    expect(unknown([...names, 'noSuchName'], own)).toContain('noSuchName')
  })
})
