// What a user gets: every package packed as it is published, installed by npm with scripts off, and imported.
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pluginTemplates } from '../../apps/cli/src/config/plugin-templates'
import { blobsCsv } from '../cli/dclust'
import { full } from '../full'
import { typeFaults } from './attw'
import { compileExamples, examplesOf, examplesOfPage } from './examples'
import { install, type Packed, pack, registryOf } from './packed'
import { budgetFile, overBudget, type Size, sizeOf } from './sizes'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'apps/cli']
const manifests = folders.map((folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
const entries = manifests.flatMap(({ name, exports }) =>
  Object.keys(exports)
    .filter((path) => !path.endsWith('.json'))
    .map((path) => `${name}${path.slice(1)}`),
)
const project = mkdtempSync(join(tmpdir(), 'dc-packed-'))

const compiler = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc')

describe('the packed packages', () => {
  let packed: Packed[]
  beforeAll(async () => {
    const tarballs = join(project, 'tarballs')
    mkdirSync(tarballs)
    packed = await pack(root, folders, tarballs)
    const registry = await registryOf(packed)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
    await install(
      project,
      `npm install --ignore-scripts ${manifests.map(({ name }) => name).join(' ')}`,
      registry.address,
    )
    registry.close()
  }, 240_000)
  afterAll(() => rmSync(project, { recursive: true }))

  it('install one copy of tfjs-core', async () => {
    const found = readdirSync(join(project, 'node_modules'), { recursive: true, encoding: 'utf8' })
    expect(found.filter((path) => path.endsWith(join('@tensorflow', 'tfjs-core', 'package.json')))).toHaveLength(1)
  })

  it('can each be imported, and hold their licence and readme', async () => {
    const program = `
      const counts = {}
      for (const entry of ${JSON.stringify(entries)}) counts[entry] = Object.keys(await import(entry)).length
      console.log(JSON.stringify(counts))`
    writeFileSync(join(project, 'smoke.js'), program)
    const { stdout } = await run(process.execPath, ['smoke.js'], { cwd: project })
    const counts: Record<string, number> = JSON.parse(stdout)
    expect(Object.keys(counts)).toEqual(entries)
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([])
    for (const { name } of manifests)
      expect(readdirSync(join(project, 'node_modules', name)), name).toEqual(
        expect.arrayContaining(['LICENSE', 'README.md', 'FEATURES.md']),
      )
  })

  it('have types that every way of finding modules finds', async () => {
    const sample = ['@dc/core', '@dc/metrics', '@dc/ot-sinkhorn']
    const chosen = packed.filter(({ manifest }) => full || sample.includes(manifest.name))
    expect(chosen.length).toBeGreaterThanOrEqual(sample.length)
    for (const { manifest, tarball } of chosen) expect(await typeFaults(tarball), manifest.name).toEqual([])
  }, 120_000)

  it('are no larger than they may be', async () => {
    const sizes = packed.map(
      async ({ manifest, tarball }, at) => [manifest.name, await sizeOf(root, folders[at], { tarball })] as const,
    )
    const found: Record<string, Size> = Object.fromEntries(await Promise.all(sizes))
    const budgets: Record<string, Size> = JSON.parse(readFileSync(budgetFile, 'utf8'))
    expect(overBudget(found, budgets)).toEqual([])
    expect(Object.keys(budgets).sort()).toEqual(Object.keys(found).sort())
    const large = { ...found, '@dc/core': { tarball: 1e6, bundle: 1e3 }, '@dc/new': { tarball: 1, bundle: 1 } }
    expect(overBudget(large, budgets)).toEqual([
      `@dc/core: its tarball has 1000.0 kB, ${budgets['@dc/core'].tarball / 1000}.0 kB are allowed (tests/packages/sizes.json)`,
      '@dc/new: no budget; write it by npm run sizes -- --write',
    ])
  })

  it('say what npm must know: side effects, what is in them, who may have them, where they were made', () => {
    for (const { name, files, sideEffects, publishConfig, engines, license } of manifests) {
      expect(license, name).toContain('MIT')
      expect(sideEffects, name).toBeDefined()
      expect(files, name).toEqual(
        expect.arrayContaining(['dist', 'README.md', 'FEATURES.md', 'CHANGELOG.md', 'LICENSE']),
      )
      expect({ publishConfig, engines }, name).toEqual({
        publishConfig: { access: 'public', provenance: true },
        engines: { node: '>=20.16' },
      })
    }
  })

  it('have types for every entry', async () => {
    const lines = entries.map(
      (entry, i) => `import * as e${i} from '${entry}'\nexport const n${i} = Object.keys(e${i})`,
    )
    writeFileSync(join(project, 'types.ts'), lines.join('\n'))
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext']
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
    const { stdout } = await run(process.execPath, [compiler, ...options, ...types, 'types.ts'], {
      cwd: project,
    }).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  }, 120_000)

  it("compile every example of the comments and the pages, as a user's strict files", () => {
    const examples = manifests.flatMap(({ name }, at) =>
      folders[at] === 'apps/cli' ? [] : examplesOf(root, folders[at], name),
    )
    expect(examples.length).toBeGreaterThan(150)
    const pages = ['README.md', 'apps/cli/README.md']
    const all = [...examples, ...pages.flatMap((page) => examplesOfPage(root, page, '@dc/cli'))]
    expect(compileExamples(project, entries, all)).toEqual([])
  }, 120_000)

  it('would tell of an example that does not compile', () => {
    const broken = { place: 'here:1', owner: '@dc/spectral', code: 'kmeans([[1, 2]], { clusters: nobody })' }
    expect(compileExamples(project, entries, [broken]).join()).toMatch(/^here:1: /)
  }, 120_000)

  describe('with a plugin written outside', () => {
    const node = (...args: string[]) => run(process.execPath, args, { cwd: project })
    const compile = (...args: string[]) =>
      node(compiler, ...args, '--typeRoots', join(root, 'node_modules/@types')).catch(
        (error: { stdout: string }) => error,
      )
    const dclust = (...args: string[]) => node('node_modules/@dc/cli/bin/dclust.js', ...args)
    const short = ['--data', 'csv:rows.csv', '--k', '3', '--epochs', '2', '--backend', 'cpu', '--json']

    it('compile it by its own settings, pass its suites, and run it', async () => {
      const example = join(root, 'examples/plugin-brier')
      for (const file of ['package.json', 'tsconfig.json', 'src'])
        cpSync(join(example, file), join(project, 'plugin-brier', file), { recursive: true })
      expect((await compile('-p', 'plugin-brier')).stdout).toBe('')
      expect((await node('--test', '--test-reporter=tap', 'plugin-brier/dist/conformance.js')).stdout).toMatch(
        /^# pass [5-9]$/m,
      )
      writeFileSync(join(project, 'rows.csv'), blobsCsv(60, false))
      const brier = ['--plugin', './plugin-brier']
      const loss = await dclust('run', 'bootsc', ...brier, '--set', 'options.loss=brier', ...short, '--out', 'brier')
      expect(JSON.parse(loss.stdout).pipeline).toBe('bootsc')
      const own = await dclust('run', 'agreement', ...brier, ...short, '--out', 'agreement')
      expect(JSON.parse(own.stdout).pipeline).toBe('agreement')
    }, 120_000)

    it('compile what new-plugin writes, and pass its suites', async () => {
      for (const kind of pluginTemplates) await dclust('new-plugin', `own/my-${kind}`, '--kind', kind)
      // In one program, for time. The settings are those of the packages.
      const { compilerOptions } = JSON.parse(readFileSync(join(project, 'own/my-loss/tsconfig.json'), 'utf8'))
      const all = { compilerOptions: { ...compilerOptions, rootDir: '.', outDir: 'built' }, include: ['my-*/src'] }
      writeFileSync(join(project, 'own/tsconfig.json'), JSON.stringify(all))
      expect((await compile('-p', 'own')).stdout).toBe('')
      const built = pluginTemplates.map((kind) => `own/built/my-${kind}/src/index`)
      const { stdout } = await node('--test', '--test-reporter=tap', ...built.map((path) => `${path}.test.js`))
      expect(stdout).toMatch(/^# fail 0$/m)
      expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(2 + 3 + 2 + 1 + 2)
    }, 120_000)

    it('that the guide shows', () => {
      const guide = readFileSync(join(root, 'docs/plugins.md'), 'utf8')
      for (const file of ['brier.ts', 'agreement.ts', 'conformance.ts'])
        expect(guide).toContain(`(../examples/plugin-brier/src/${file} "shown")`)
    })
  })

  it('run the command line', async () => {
    const { stdout } = await run(process.execPath, ['node_modules/@dc/cli/bin/dclust.js', '--help'], { cwd: project })
    expect(stdout).toContain('dclust')
  })
})
