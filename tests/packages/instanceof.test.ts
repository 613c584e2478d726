import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ours = /instanceof (\w*\.)?(Dc|Shape|Option|UnknownPlugin|Data|MissingPeer|Backend)Error\b/g

const sources = ['packages', 'apps'].flatMap((part) =>
  readdirSync(join(root, part)).flatMap((name) =>
    readdirSync(join(root, part, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(part, name, 'src', path)),
  ),
)

describe('sources', () => {
  it('recognise our errors by isInstance: instanceof is false for those of a second copy of @dc/core', () => {
    expect(sources.length).toBeGreaterThan(100)
    const found = sources.flatMap((path) =>
      (readFileSync(join(root, path), 'utf8').match(ours) ?? []).map((text) => `${path}: ${text}`),
    )
    expect(found).toEqual([])
  })
})
