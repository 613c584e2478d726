import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { fingerprints, named, unnamed } from '../../scripts/changesets-needed.mjs'

const root = mkdtempSync(join(tmpdir(), 'dc-changesets-'))
afterAll(() => rmSync(root, { recursive: true }))
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const manifest = (version: string, more: object = {}) =>
  JSON.stringify({ name: '@dc/a', version, dependencies: { '@dc/b': `^${version}`, zod: '^4.0.0' }, ...more })

it('a package that is not as it was released needs a changeset that names it', () => {
  write('packages/a/package.json', manifest('0.1.0'))
  write('packages/a/src/index.ts', 'export const a = 1')
  write('apps/site/package.json', JSON.stringify({ name: '@dc/site', private: true }))
  write('.changeset/released.json', '{}')
  expect(unnamed(root)).toEqual(['@dc/a'])
  write('.changeset/released.json', JSON.stringify(fingerprints(root)))
  expect(unnamed(root)).toEqual([])

  // Tests, what is built, versions of ours and what only developers need are no changes.
  write('packages/a/src/index.test.ts', 'test')
  write('packages/a/dist/index.js', 'built')
  write('packages/a/CHANGELOG.md', '# 0.2.0')
  write('packages/a/package.json', manifest('0.2.0', { devDependencies: { x: '1' }, scripts: { build: 'tsup' } }))
  expect(unnamed(root)).toEqual([])

  write('packages/a/src/index.ts', 'export const a = 2')
  expect(unnamed(root)).toEqual(['@dc/a'])
  write('.changeset/other.md', "---\n'@dc/b': minor\n---\n\n'@dc/a': is only spoken of.\n")
  expect(unnamed(root)).toEqual(['@dc/a'])
  write('.changeset/mine.md', '---\n"@dc/a": patch\n---\n\nTwo.\n')
  expect(unnamed(root)).toEqual([])
  expect([...named(root)].sort()).toEqual(['@dc/a', '@dc/b'])
})

it('holds of this repository', () => {
  expect(unnamed(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([])
})
