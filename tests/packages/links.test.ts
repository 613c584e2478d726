import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const elsewhere = /^(node_modules|dist|\.venv|\.turbo|\.git|\.pages|runs)$/

/** All pages below a folder. */
function pages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return elsewhere.test(entry.name) ? [] : pages(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The links of a page to files that are not there. Those that begin with `/` are of the site, whose build checks them. */
function lost(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(#[^)\s]*)?\)/g)].map(([, to]) => to)
  return links
    .filter((to) => !/^([a-z]+:|\/)/.test(to) && !existsSync(join(dirname(page), to)))
    .map((to) => `${relative(root, page)}: ${to}`)
}

describe('pages', () => {
  it('link to what is there', () => {
    const all = pages(root)
    expect(all.length).toBeGreaterThan(20)
    expect(all.flatMap((page) => lost(page, readFileSync(page, 'utf8')))).toEqual([])
  })

  it('would tell of a link to nothing', () => {
    expect(
      lost(join(root, 'README.md'), '[a](docs/nothing.md) [b](docs/architecture.md#plugins) [c](https://x.org)'),
    ).toEqual(['README.md: docs/nothing.md'])
  })
})
