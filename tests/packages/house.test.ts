import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { violations } from './house'

const root = fileURLToPath(new URL('../..', import.meta.url))
const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})

/** A small house with these sources, and a name for each of its packages. */
function house(sources: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dc-house-'))
  made.push(folder)
  const paths = Object.fromEntries(
    Object.keys(sources).map((path) => {
      const [place, name] = path.split('/')
      return [`@dc/${name}`, [`./${place}/${name}/src/index.ts`]]
    }),
  )
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }))
  return folder
}

const sound = {
  'packages/core/src/index.ts': 'export {}',
  'packages/losses/src/index.ts': `import '@dc/core'\nimport './one'`,
  'packages/losses/src/one.ts': `import '@dc/core'`,
  'packages/trainer/src/index.ts': `import '@dc/core'`,
  'packages/pipelines/src/index.ts': `import '@dc/losses'\nimport '@dc/core'`,
  'apps/cli/src/index.ts': `import '@dc/pipelines'\nimport '@dc/core'`,
}

/** Sources that break each rule once, by what must be told of them. */
const faults: [string, Record<string, string>][] = [
  [
    'no file circle: packages/losses/src/a.ts -> packages/losses/src/b.ts -> packages/losses/src/a.ts',
    { 'packages/losses/src/a.ts': `import './b'`, 'packages/losses/src/b.ts': `import './a'` },
  ],
  [
    'no file circle: packages/losses/src/c.ts -> packages/losses/src/d.ts -> packages/losses/src/c.ts',
    {
      'packages/losses/src/c.ts': `import type { D } from './d'\nexport type C = D | 1`,
      'packages/losses/src/d.ts': `export type D = import('./c').C`,
    },
  ],
  [
    'core knows no other package: packages/core/src/user.ts -> packages/losses/src/index.ts',
    { 'packages/core/src/user.ts': `import '@dc/losses'` },
  ],
  [
    'what a page shows knows core alone: packages/explore/src/user.ts -> packages/losses/src/index.ts',
    { 'packages/explore/src/user.ts': `import '@dc/losses'` },
  ],
  [
    'the trainer knows core and data: packages/trainer/src/user.ts -> packages/losses/src/index.ts',
    { 'packages/trainer/src/user.ts': `import '@dc/losses'` },
  ],
  [
    'only apps know pipelines: packages/losses/src/user.ts -> packages/pipelines/src/index.ts',
    { 'packages/losses/src/user.ts': `import type {} from '@dc/pipelines'` },
  ],
  [
    'no package knows an app: packages/pipelines/src/user.ts -> apps/cli/src/index.ts',
    { 'packages/pipelines/src/user.ts': `export const later = () => import('@dc/cli')` },
  ],
  [
    'another package is imported by its name: packages/pipelines/src/near.ts -> packages/losses/src/one.ts',
    { 'packages/pipelines/src/near.ts': `import '../../losses/src/one'` },
  ],
  [
    'every import of ours is found: packages/losses/src/lost.ts -> @dc/nobody',
    { 'packages/losses/src/lost.ts': `import '@dc/nobody'` },
  ],
]

// All sources are read, which takes a minute on a busy machine.
describe('the house', { timeout: 300_000 }, () => {
  it('has no circle of files, and arrows between packages point one way', async () => {
    expect(await violations(root)).toEqual([])
  })

  it('would tell each fault that is put in, and nothing of a sound house', async () => {
    expect(await violations(house(sound))).toEqual([])
    const all = Object.assign({}, sound, ...faults.map(([, sources]) => sources))
    expect(await violations(house(all))).toEqual(expect.arrayContaining(faults.map(([told]) => told)))
  })

  it('would tell packages that know each other by different files', async () => {
    const circle = {
      'packages/data/src/index.ts': 'export {}',
      'packages/data/src/user.ts': `import '@dc/metrics'`,
      'packages/metrics/src/index.ts': 'export {}',
      'packages/metrics/src/user.ts': `import '@dc/data'`,
    }
    expect(await violations(house({ ...sound, ...circle }))).toEqual([
      'no package circle: packages/data, packages/metrics',
    ])
  })
})

interface Manifest {
  name: string
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const manifest = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))

/** All that is installed with a package, or that it asks its user to install. */
const needs = ({ dependencies, peerDependencies, optionalDependencies }: Manifest) =>
  Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })

describe('package.json', () => {
  const packages = readdirSync(join(root, 'packages')).map((name) => manifest(`packages/${name}`))
  const apps = readdirSync(join(root, 'apps')).map((name) => manifest(`apps/${name}`))

  it('of a package names no app, and only apps name pipelines', () => {
    const forbidden = ['@dc/pipelines', ...apps.map(({ name }) => name)]
    const found = packages.flatMap((own) =>
      needs(own)
        .filter((name) => forbidden.includes(name))
        .map((name) => `${own.name} needs ${name}`),
    )
    expect(found).toEqual([])
    expect(apps.flatMap(needs)).toContain('@dc/pipelines')
  })

  it("of pipelines, and of all it needs of ours, names none of the CLI's packages", () => {
    const shared = /^(@dc\/|@tensorflow\/|zod$|sharp$|webgpu$)/
    const ofTheCli = needs(manifest('apps/cli')).filter((name) => !shared.test(name))
    expect(ofTheCli).toEqual(expect.arrayContaining(['commander', 'cli-progress', 'preact']))
    const own = new Map(packages.map((one) => [one.name, one]))
    const needed = new Set(['@dc/pipelines'])
    for (const name of needed) for (const other of needs(own.get(name)!)) if (own.has(other)) needed.add(other)
    expect(needed.size).toBeGreaterThan(8)
    expect(needed).not.toContain('@dc/explore')
    const all = [...needed].flatMap((name) => needs(own.get(name)!))
    expect(all.filter((name) => ofTheCli.includes(name) || name === 'echarts')).toEqual([])
  })
})
