// A plugin's own faults are told as the plugin's, whatever is wrong with it and wherever it comes to light.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const core = createRequire(new URL('../../packages/core/package.json', import.meta.url))
const zod = `import { z } from '${pathToFileURL(core.resolve('zod')).href}'
import * as tf from '${pathToFileURL(core.resolve('@tensorflow/tfjs-core')).href}'\n`
const plugin = (kind: string, create: string, more = '') =>
  `{ kind: '${kind}', name: 'mine', apiVersion: 1, options: z.object({ k: z.int().optional() }), create: ${create}, ${more} }`
const write = (name: string, text: string) => {
  writeFileSync(folder.file(name), text)
  return folder.file(name)
}
const file = (name: string, ...plugins: string[]) =>
  write(name, `${zod}export const plugins = [${plugins.join(', ')}]\n`)
beforeAll(() => void write('rows.csv', blobsCsv(60, false)))

const run = (pipeline: string, path: string, ...args: string[]) =>
  dclust(['run', pipeline, '--data', folder.file('rows.csv'), '--k', '3', '--plugin', path, ...args])
const withTiny = (path: string, ...args: string[]) => run('bootsc', path, ...tiny, '--epochs', '1', ...args)
const weight = `model: { variables: { weight: tf.variable(tf.scalar(1)) } }`
const whole =
  'model: { variables: {} }, views: () => [], step: () => ({ loss: 3, logs: {} }), infer: (x) => ({ embedding: x.clone(), labels: x.argMax(1) })'

describe('what a plugin throws during a run', () => {
  it.each([
    ['loss', plugin('loss', '() => ({ elements: ({ scores }) => scores.shape.length })'), 'TypeError: Cannot read'],
    ['loss', plugin('loss', '() => ({ elements: () => 7 })'), 'what elements gives: got 7; allowed: an object of at'],
    ['loss', plugin('loss', '() => ({})'), 'elements of the loss: got undefined; allowed: a function'],
    ['loss', plugin('loss', "() => { throw 'no luck' }"), "it threw 'no luck'"],
    ['backbone', plugin('backbone', '() => nowhere'), 'ReferenceError: nowhere is not defined, at '],
    ['views', plugin('augmentation', '() => ({ views: 2, apply: () => null.x })'), 'TypeError: Cannot read'],
  ])('of its part %s, %s', async (place, text, message) => {
    const path = file(`part-${Math.random()}.mjs`, text)
    const { code, stderr } = await withTiny(path, '--set', `options.${place}=mine`, '--out', folder.file('part'))
    expect(code).toBe(1)
    expect(stderr).toContain(`plugin 'mine' (${path}): ${message}`)
    expect(stderr).not.toContain('unexpected')
    expect(stderr).not.toContain('    at ')
  })

  it.each([
    ['create', plugin('pipeline', '() => { throw new RangeError("too wide") }'), 'RangeError: too wide, at '],
    [
      'step',
      plugin('pipeline', `() => ({ ${whole}, ${weight} })`),
      'what step gives: got {"loss":3,"logs":{}}; allowed',
    ],
    ['nothing', plugin('pipeline', '() => {}'), 'what create gives: got undefined; allowed: a pipeline'],
    ['prepare', plugin('pipeline', `() => ({ ${whole}, prepare: async () => null.rows })`), 'TypeError: Cannot read'],
  ])('of a pipeline: %s', async (name, text, message) => {
    const path = file(`${name}.mjs`, text)
    const { code, stderr } = await run('mine', path, '--backend', 'cpu', '--out', folder.file(name))
    expect(code).toBe(1)
    expect(stderr).toContain(`plugin 'mine' (${path}): ${message}`)
    expect(stderr).not.toContain('unexpected')
  })

  it.each([
    ['weights', whole, 'trainable variables of the model: got []; allowed: at least one'],
    [
      'gradient',
      `${whole}, ${weight}, step: () => ({ loss: tf.scalar(1), logs: {} })`,
      'The loss does not depend on any',
    ],
  ])('of a pipeline that cannot be trained, without %s', async (name, text, message) => {
    const path = file(`${name}.mjs`, plugin('pipeline', `() => ({ ${text} })`))
    const { code, stderr } = await run('mine', path, '--backend', 'cpu', '--out', folder.file(name))
    expect(code).toBe(1)
    expect(stderr).toContain(`dclust: ${message}`)
  })

  it('has its stack where the environment asks for it', async () => {
    const path = file('stack.mjs', plugin('loss', '() => { throw new TypeError("deep") }'))
    vi.stubEnv('DCLUST_DEBUG', '1')
    const { stderr } = await withTiny(path, '--set', 'options.loss=mine')
    vi.unstubAllEnvs()
    expect(stderr).toMatch(/caused by TypeError: deep\n +at .*stack\.mjs:3:/)
  })

  it('of its options, with their path', async () => {
    const options =
      'options: z.strictObject({ rate: z.number().default(1).refine(() => { throw new TypeError("no") }) })'
    const path = file('refine.mjs', plugin('loss', '() => ({ elements: () => ({}) })', options))
    const { code, stderr } = await withTiny(path, '--set', 'options.loss={"name":"mine","options":{"rate":2}}')
    expect(code).toBe(1)
    expect(stderr).toContain('loss.mine: its schema of options fails: TypeError: no')
  })

  it('of a data set and a callback', async () => {
    const data = file(
      'data.mjs',
      plugin('dataset', "() => ({ name: 'x', size: 90, sampleShape: [2], read: () => [] })"),
    )
    const read = await dclust(['run', 'bootsc', '--data', 'mine', '--k', '3', '--plugin', data, ...tiny])
    expect(read.code).toBe(1)
    expect(read.stderr).toContain(`plugin 'mine' (${data}): what read gives: got []; allowed: a Float32Array`)
    const watch = file('watch.mjs', plugin('callback', '() => ({ onEpochEnd: async () => null.x })'))
    const watched = await withTiny(watch, '--set', 'training.callbacks.0=mine', '--out', folder.file('watched'))
    expect(watched.code).toBe(1)
    expect(watched.stderr).toContain(`plugin 'mine' (${watch}): TypeError: Cannot read`)
  })

  it('of a backend is why it does not run here', async () => {
    const path = file(
      'backend.mjs',
      plugin('backend', "() => ({ name: 'mine', available: () => null.x, activate() {} })"),
    )
    const { stdout } = await dclust(['doctor', '--json', '--plugin', path])
    const { backends } = JSON.parse(stdout) as { backends: { name: string; works: boolean; about: string }[] }
    expect(backends.find(({ name }) => name === 'mine')).toMatchObject({
      works: false,
      about: expect.stringContaining('TypeError: Cannot read'),
    })
  })
})

describe('--plugin', () => {
  const loading = async (text: string) => {
    const path = write(`load-${Math.random()}.mjs`, text)
    const { code, stderr } = await dclust(['list', 'loss', '--plugin', path])
    expect(code).toBe(1)
    expect(stderr).not.toContain('unexpected')
    return stderr.replaceAll(path, 'FILE')
  }

  it('says which plugin of a file is not as it must be', async () => {
    const good = plugin('loss', '() => ({})')
    const list = (text: string) => loading(`${zod}export const plugins = [${good}, ${text}]`)
    expect(await list(good.replace("'loss'", "'los'"))).toContain(
      "--plugin FILE: plugins[1]: plugin 'mine', kind: got 'los'; allowed: backend, dataset,",
    )
    expect(await list('null')).toContain('--plugin FILE: plugins[1]: plugin: got null; allowed: an object')
    expect(await list('{}')).toContain('--plugin FILE: plugins[1]: plugin, kind: got undefined')
    expect(await list(good.replace('apiVersion: 1', 'apiVersion: 2'))).toContain('apiVersion: got 2; allowed: 1')
    expect(await list(good)).toContain("Two plugins are called 'mine' (kind loss)")
    expect(await list(good.replace("'mine'", "'swapped-cross-entropy'"))).toContain(
      "Two plugins are called 'swapped-cr",
    )
  })

  it('says what a module lacks, and what it throws', async () => {
    expect(await loading('export const x = 1')).toContain("--plugin FILE: exports no list 'plugins'")
    expect(await loading('export const plugins = {}')).toContain("exports no list 'plugins'")
    expect(await loading('export const plugins = []')).toContain("its list 'plugins' is empty")
    expect(await loading('export default null')).toContain("exports no list 'plugins'")
    expect(await loading('null.x')).toContain('cannot be loaded: TypeError: Cannot read')
    expect(await loading('throw 3')).toContain('cannot be loaded: 3')
    expect(await loading('const = 1')).toMatch(/cannot be loaded: .*(SyntaxError|Parse)/)
  })

  it('takes the folder of a package, and says what it lacks', async () => {
    const made = folder.file('package')
    mkdirSync(`${made}/dist`, { recursive: true })
    const list = () => dclust(['list', 'loss', '--plugin', made])
    expect((await list()).stderr).toContain('has no package.json, so it is no package')
    write('package/package.json', '{')
    expect((await list()).stderr).toContain('is no JSON object')
    write(
      'package/package.json',
      JSON.stringify({ exports: { '.': { types: './a.d.ts', default: './dist/index.mjs' } } }),
    )
    expect((await list()).stderr).toContain("'./dist/index.mjs' of the package is not there. Build it first")
    write(
      'package/dist/index.mjs',
      `${zod}export const plugins = [${plugin('loss', '() => ({})', "description: 'ours'")}]`,
    )
    expect((await list()).stdout).toMatch(/loss +mine +ours/)
    write('package/package.json', JSON.stringify({ main: 'dist/index.mjs' }))
    expect((await list()).stdout).toMatch(/loss +mine +ours/)
  })
})
