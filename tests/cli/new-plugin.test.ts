import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { pluginTemplates } from '../../apps/cli/src/config/plugin-templates'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const template = (kind: string) => fileURLToPath(new URL(`../../apps/cli/templates/${kind}/index.ts`, import.meta.url))

// That the packages build, pass their tests and run is seen from the packed ones: tests/packages/pack.test.ts.
describe('dclust new-plugin', () => {
  it.each(pluginTemplates)('writes a package with a %s, named after its folder', async (kind) => {
    const path = folder.file(`Mein ${kind}!`)
    const { code, stdout, stderr } = await dclust(['new-plugin', path, '--kind', kind, '--json'])
    expect(code, stderr).toBe(0)
    const told = JSON.parse(stdout)
    expect(told).toMatchObject({ folder: path, kind, name: `mein-${kind}` })
    expect(told.files.sort()).toEqual(
      ['.gitignore', 'README.md', 'package.json', 'src/index.test.ts', 'src/index.ts', 'tsconfig.json'].sort(),
    )
    const read = (file: string) => readFileSync(`${path}/${file}`, 'utf8')
    const manifest = JSON.parse(read('package.json'))
    expect(manifest.name).toBe(`mein-${kind}`)
    for (const dependencies of [manifest.dependencies, manifest.peerDependencies, manifest.devDependencies])
      for (const range of Object.values(dependencies)) expect(range).toMatch(/^\^\d+\.\d+\.\d+$/)
    // All that it imports is among its dependencies.
    const { dependencies, devDependencies } = manifest
    for (const file of ['src/index.ts', 'src/index.test.ts'])
      for (const [, name] of read(file).matchAll(/from '((?:@[\w-]+\/)?[\w-]+)[^']*'/g))
        if (!['node', '.'].some((start) => name.startsWith(start)))
          expect({ ...dependencies, ...devDependencies }).toHaveProperty([name])
    expect(read('src/index.ts')).toContain(`name: 'mein-${kind}'`)
    expect(read('README.md')).toContain(`mein-${kind}`)
    expect(JSON.stringify(told) + read('src/index.ts') + read('README.md')).not.toContain(`my-${kind}`)
  })

  it('says what it wrote and what comes next', async () => {
    const { stdout } = await dclust(['new-plugin', folder.file('brier')])
    expect(stdout).toContain('brier: a loss called brier.')
    expect(stdout).toMatch(/npm install && npm test/)
    expect(stdout).toMatch(/dclust run bootsc --plugin .*brier --set options\.loss=brier/)
    const { stdout: help } = await dclust(['new-plugin', '--help'])
    expect(help).toContain('Examples\n  dclust new-plugin my-loss')
    expect((await dclust(['--help'])).stdout).toContain('new-plugin')
  })

  it('writes nothing into a folder that is not empty, a file, or one without a name', async () => {
    const full = folder.file('full')
    mkdirSync(full)
    writeFileSync(`${full}/.hidden`, '')
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await dclust(['new-plugin', ...args])
      expect(stdout).toBe('')
      expect(stderr).not.toContain('unexpected')
      return [code, stderr] as const
    }
    expect(await refused(full)).toEqual([1, expect.stringContaining("is not empty: it holds '.hidden'. Nothing was")])
    expect(readdirSync(full)).toEqual(['.hidden'])
    writeFileSync(folder.file('file'), '')
    expect(await refused(folder.file('file'))).toEqual([1, expect.stringContaining('cannot be used: ')])
    expect(await refused(folder.file('file/below'))).toEqual([1, expect.stringContaining('cannot be ')])
    expect(await refused(folder.file('---'))).toEqual([1, expect.stringContaining("name, '---', has no letter a–z")])
    expect(await refused('/')).toEqual([1, expect.stringContaining("name, '', has no letter a–z")])
    const taken = await refused(folder.file('bootsc'), '--kind', 'pipeline')
    expect(taken).toEqual([1, expect.stringContaining('there is a pipeline of this one already')])
    expect(await refused(folder.file('x'), '--kind', 'teapot')).toEqual([2, expect.stringContaining('loss, pipeline')])
    expect(await refused()).toEqual([2, expect.stringContaining('folder')])
    const empty = folder.file('empty')
    mkdirSync(empty)
    expect((await dclust(['new-plugin', empty])).code).toBe(0)
  })
})

describe('the template of', () => {
  writeFileSync(folder.file('rows.csv'), blobsCsv(60, true))
  const run = (pipeline: string, kind: string, ...args: string[]) => {
    const data = ['--data', `csv:${folder.file('rows.csv')}`, '--labels', '-1', '--out', folder.file(`run-${kind}`)]
    return dclust(['run', pipeline, ...data, '--plugin', template(kind), ...args])
  }

  it.each([
    ['loss', 'options.loss=my-loss'],
    ['metric', 'scores=["my-metric"]'],
    ['schedule', 'training.learningRate=my-schedule'],
    ['callback', 'training.callbacks=["my-callback"]'],
  ])('%s runs', async (kind, setting) => {
    const { code, stdout, stderr } = await run('bootsc', kind, ...tiny, '--epochs', '2', '--set', setting)
    expect(code, stderr).toBe(0)
    if (kind === 'metric') expect(stdout).toContain('my-metric')
  })

  it('pipeline runs, and finds the groups', async () => {
    const { code, stdout, stderr } = await run(
      'my-pipeline',
      'pipeline',
      ...['--epochs', '30', '--batch-size', '30', '--lr', '0.01', '--backend', 'cpu', '--json'],
    )
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).final.acc).toBeGreaterThan(0.9)
  })
})
