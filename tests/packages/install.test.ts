// Each package packed by npm and installed alone, in an empty folder, by the install line of its README.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { full } from '../full'
import { faultsOf } from './examples'
import { install, type Packed, pack, registryOf } from './packed'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const names = readdirSync(join(root, 'packages'))
const home = mkdtempSync(join(tmpdir(), 'dc-alone-'))

let packed: Packed[]
let registry: Awaited<ReturnType<typeof registryOf>>
beforeAll(async () => {
  mkdirSync(join(home, 'tarballs'))
  packed = await pack(root, [...names.map((name) => `packages/${name}`), 'apps/cli'], join(home, 'tarballs'))
  registry = await registryOf(packed)
}, 120_000)
// A gigabyte in many files.
afterAll(async () => {
  registry.close()
  await rm(home, { recursive: true })
}, 240_000)

describe('what npm packs', () => {
  it('needs our packages by versions that npm knows', () => {
    for (const { manifest } of packed)
      expect(JSON.stringify(manifest), manifest.name).not.toMatch(/"(workspace|link|file|catalog):/)
    const needs = packed
      .flatMap(({ manifest }) => Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies }))
      .filter(([name]) => name.startsWith('@dc/'))
    expect(needs.length).toBeGreaterThan(20)
    for (const [name, range] of needs)
      expect(range, name).toBe(`^${packed.find(({ manifest }) => manifest.name === name)?.manifest.version}`)
  })
})

/** One without tensors, one with TensorFlow.js, one with weights, one that needs most others. */
const sample = ['metrics', 'losses', 'encoder-efficientnet-lite0', 'pipelines']

describe.each(full ? names : sample)('@dc/%s alone', (name) => {
  const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
  const line = /```sh\n(.*)/.exec(readme)?.[1] ?? ''
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const folder = join(home, name)
  beforeAll(async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
    await install(folder, line, registry.address)
  }, 120_000)

  it('has TensorFlow.js only if the install line names it', () => {
    expect(existsSync(join(folder, 'node_modules/@dc', name, 'dist'))).toBe(true)
    expect(existsSync(join(folder, 'node_modules/@tensorflow'))).toBe(line.includes('@tensorflow/'))
  })

  it('runs the first example of its readme', async () => {
    expect(example).toContain(`'@dc/${name}'`)
    const { code } = await transform(example, { loader: 'ts', format: 'esm' })
    writeFileSync(join(folder, 'user.mjs'), code)
    await run(process.execPath, ['user.mjs'], { cwd: folder })
  }, 120_000)

  it.each(['nodenext', 'bundler'] as const)(
    'compiles it by %s, strict, libraries checked',
    (finding) => {
      expect(faultsOf(folder, `${example}\nexport {}`, finding)).toEqual([])
    },
    120_000,
  )
})

it('what does not compile is told', () => {
  const folder = join(home, 'losses')
  const code = `import { tf } from '@dc/core'\ntf.zeros([2]).sub(1)\n`
  expect(faultsOf(folder, code, 'bundler')).toEqual([])
  expect(faultsOf(folder, `${code}tf.zeros([2]).subtract(1)`, 'bundler').join()).toContain("'subtract' does not exist")
  const missing = `import { train } from '@dc/trainer'\ntrain()`
  expect(faultsOf(folder, missing, 'nodenext').join()).toContain("Cannot find module '@dc/trainer'")
}, 120_000)
