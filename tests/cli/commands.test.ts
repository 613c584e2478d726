import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

describe('dclust --help', () => {
  it('shows examples', async () => {
    const { code, stdout } = await dclust(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('Examples\n  dclust cluster embeddings.npy')
    expect((await dclust(['run', '--help'])).stdout).toContain('--batch-size <n>')
    expect((await dclust(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('dclust run --dry-run', () => {
  it('prints the configuration, and the backend as it was asked for', async () => {
    const { stdout, stderr } = await dclust(['run', 'bootsc', '--dry-run', '--backend', 'onnx', '--threads', '1'])
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: 'bootsc', k: 10 })
    expect(stderr).toMatch(/onnx: used \(.*, 1 thread, results in place/)
  })

  it('shows the settings of a preset whose data are not here', async () => {
    const args = ['run', 'sp2ot', '--preset', 'cifar100-lt', '--data', 'cifar-100:nowhere', '--dry-run']
    const { stdout, stderr, code } = await dclust([...args, '--backend', 'cpu'])
    expect(code).toBe(0)
    expect(stderr).toMatch(/The data cannot be read here.*nowhere/s)
    expect(JSON.parse(stdout)).toMatchObject({
      k: null,
      data: { options: { path: 'nowhere', longTail: { ratio: 0.01 } } },
      training: { epochs: 50, batchSize: 512, learningRate: { options: { from: 5e-4, to: 5e-7 } } },
      options: { backbone: { name: 'vit-b', options: { trainableBlocks: 1 } } },
    })
  })
})

describe('dclust list', () => {
  it('lists one kind, or all', async () => {
    const { stdout, code } = await dclust(['list', 'pipeline'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^kind +name +what\npipeline +bootsc +Bootstrap deep spectral clustering/)
    const kinds = JSON.parse((await dclust(['list', '--json'])).stdout).map(({ kind }: { kind: string }) => kind)
    const expected = ['backend', 'dataset', 'backbone', 'assigner', 'loss', 'metric', 'optimizer', 'schedule', 'preset']
    expect(kinds).toEqual(expect.arrayContaining([...expected, 'label-rule']))
  })

  it('knows the plugins of a file', async () => {
    const plugin = `{ kind: 'schedule', name: 'fixed-three', apiVersion: 1, description: 'always 3', options: { safeParse() {} }, create: () => ({ value: () => 3 }) }`
    writeFileSync(folder.file('plugin.mjs'), `export const plugins = [${plugin}]`)
    const { stdout } = await dclust(['list', 'schedule', '--plugin', folder.file('plugin.mjs')])
    expect(stdout).toMatch(/schedule +fixed-three +always 3/)
  })
})

describe('dclust doctor', () => {
  it('gives every backend in order of preference with what it is or why it does not run', async () => {
    const { stdout, code } = await dclust(['doctor', '--json'])
    expect(code).toBe(0)
    const { chosen, backends } = JSON.parse(stdout) as {
      chosen: string
      backends: { name: string; works: boolean; about: string }[]
    }
    expect(backends.find(({ works }) => works)?.name).toBe(chosen)
    const order = ['webgpu', 'tensorflow-gpu', 'tensorflow', 'onnx', 'wasm', 'cpu']
    expect(backends.map(({ name }) => name).filter((name) => order.includes(name))).toEqual(order)
    expect(backends.every(({ about }) => about.length > 0)).toBe(true)
    expect((await dclust(['doctor'])).stdout).toMatch(/^backend +here +what or why not\n/)
  })
})
