// Pictures through an encoder: what is picked, what is kept, what is said; and new pictures through the same one.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { plugins as onnx } from '@dc/backbones/onnx'
import { createRandom } from '@dc/core/random'
import { assemble, fit, load } from '@dc/pipelines'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeChain } from '../../packages/backbones/src/testing/small-models'
import { dclust, temporaryFolder } from './dclust'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const folder = temporaryFolder()
afterAll(() => {
  folder.remove()
  vi.unstubAllEnvs()
})
const photos = folder.file('photos')
const more = folder.file('more')
const model = folder.file('model.onnx')
const colours = { red: [230, 20, 30], green: [20, 200, 40], blue: [10, 30, 220] }

/** Pictures of 20 × 12 pixels, each of one colour but for its noise. */
async function paint(into: string, each: number): Promise<void> {
  const random = createRandom(each)
  for (const [name, colour] of Object.entries(colours)) {
    mkdirSync(`${into}/${name}`, { recursive: true })
    for (let at = 0; at < each; at++) {
      const noise = () => 20 * (random.uniform() - 0.5)
      const [r, g, b] = colour.map((value) => Math.max(0, Math.min(255, Math.round(value + noise()))))
      await sharp({ create: { width: 20, height: 12, channels: 3, background: { r, g, b } } })
        .png()
        .toFile(`${into}/${name}/${at}.png`)
    }
  }
}

beforeAll(async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder.file('cache'))
  await paint(photos, 4)
  await paint(more, 2)
  writeFileSync(`${photos}/red/broken.jpg`, 'no picture')
  writeChain(model, { input: { shape: ['n', 3, 2, 2] }, steps: [{ op: 'Flatten' }] })
})

const json = (path: string) => JSON.parse(readFileSync(folder.file(path), 'utf8'))
const kmeans = ['--method', 'kmeans', '--backend', 'cpu']

describe('dclust cluster PHOTOS', () => {
  it('sees them by the encoder that ships, and says so; the run is all that is needed afterwards', async () => {
    const out = folder.file('usual')
    const { code, stderr, stdout } = await dclust(['cluster', photos, '--out', out, '--backend', 'cpu'])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^encoder: efficientnet-lite0, because the rows are photos.*--encoder pixels/m)
    expect(stderr).toMatch(/^decoding: 13 of 13$/m)
    expect(stderr).toMatch(/^encoding: 12 of 12$/m)
    expect(stdout).toMatch(/ACC/)
    const { features, checksum, licence, source, mean, name } = json('usual/encoder.json')
    expect({ features, licence, name, mean }).toEqual({
      features: 1280,
      licence: 'Apache-2.0',
      name: 'efficientnet-lite0',
      mean: [0.498, 0.498, 0.498],
    })
    expect([checksum, source]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringContaining('TensorFlow')])
    expect(json('usual/config.resolved.json').encoder).toEqual({ name: 'efficientnet-lite0', options: {} })
    expect(json('usual/left-out.json')).toEqual([expect.objectContaining({ path: `${photos}/red/broken.jpg` })])
    const report = readFileSync(folder.file('usual/report.html'), 'utf8')
    expect(report.match(/data:image\/(png|webp)/g)?.length).toBeGreaterThanOrEqual(9)
    expect(report).toContain('12 images')
    // Nothing is decoded or described again, and new pictures go the same way.
    const predicted = await dclust(['predict', out, more, '--json'])
    expect(predicted.code, predicted.stderr).toBe(0)
    expect(predicted.stderr).toMatch(/^encoding: 6 of 6$/m)
    expect(new Set(JSON.parse(predicted.stdout).labels).size).toBe(3)
    const drawn = await dclust(['report', out])
    expect(drawn.stderr).not.toMatch(/encoding|decoding/)
  }, 120_000)

  it('by a model of its own, by a plugin with options, or not at all', async () => {
    const beside = relative(process.cwd(), model)
    const own = await dclust(['cluster', photos, '--encoder', beside, ...kmeans, '--out', folder.file('own')])
    expect(own.code, own.stderr).toBe(0)
    expect(own.stderr).toMatch(/^encoder: onnx, as asked$/m)
    expect(json('own/encoder.json')).toMatchObject({ name: 'model.onnx', features: 12 })
    expect(json('own/metrics.json').seeds[0].acc).toBe(1)
    // From every folder, and where both were moved.
    const { facts } = await load(folder.file('own/model.dclust'), { backend: false })
    expect(facts.about.data).toMatchObject({ encoder: { options: { model } } })
    renameSync(model, folder.file('own/model.onnx'))
    const moved = await dclust(['predict', folder.file('own'), photos, '--json'])
    renameSync(folder.file('own/model.onnx'), model)
    expect([moved.code, JSON.parse(moved.stdout).labels.length], moved.stderr).toEqual([0, 12])
    const set = `encoder=${JSON.stringify({ name: 'onnx', options: { model, mean: [0.5, 0.5, 0.5] } })}`
    const mean = await dclust(['cluster', photos, '--set', set, ...kmeans, '--out', folder.file('mean')])
    expect(mean.code, mean.stderr).toBe(0)
    expect(json('mean/encoder.json')).toMatchObject({ mean: [0.5, 0.5, 0.5] })
    expect(json('mean/encoder.json').checksum).not.toBe(json('own/encoder.json').checksum)
    const pixels = ['--encoder', 'pixels', ...kmeans, '--out', folder.file('pixels')]
    const plain = await dclust(['cluster', photos, ...pixels])
    expect(plain.code, plain.stderr).toBe(0)
    expect(plain.stderr).not.toMatch(/encod/)
    expect(json('pixels/config.resolved.json').encoder).toBeNull()
    expect(readdirSync(folder.file('pixels'))).not.toContain('encoder.json')
  })

  it('leaves small grey images and features as they are', async () => {
    const { stderr, code } = await dclust(['cluster', 'optdigits', '--dry-run', '--backend', 'cpu'])
    expect(code, stderr).toBe(0)
    expect(stderr).not.toMatch(/^encod(er:|ing)/m)
  })

  it('refuses an encoder that there is not, or that cannot see them', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await dclust(['cluster', photos, ...args, '--out', folder.file('refused')])
      expect([code, /unexpected/.test(stderr)]).toEqual([1, false])
      return stderr
    }
    expect(await refused('--encoder', 'nobody')).toMatch(
      /--encoder.*'nobody'.*pixels, a file ending in \.onnx.*efficientnet-lite0/,
    )
    expect(await refused('--encoder', 'none.onnx')).toMatch(/'none\.onnx': it does not exist/)
    writeFileSync(folder.file('bad.onnx'), 'no model')
    expect(await refused('--encoder', folder.file('bad.onnx'))).toMatch(/is no ONNX model/)
    expect(await refused('--set', 'encoder={"name":"onnx","options":{"model":"x","modle":"x"}}')).toMatch(
      /encoder.*modle/,
    )
    const table = folder.file('table.csv')
    writeFileSync(table, 'a,b\n1,2\n3,4\n5,6\n')
    const { stderr } = await dclust(['cluster', table, '--k', '2', '--encoder', 'efficientnet-lite0'])
    expect(stderr).toMatch(/pictures \[height, width, 1 or 3 channels\]/)
  })
})

describe('dclust run', () => {
  it('learns from features, is gone on with, and is resolved the same by a file', async () => {
    const args = ['run', 'kmeans', '--data', photos, '--on-bad-image', 'skip', '--encoder', model, '--backend', 'cpu']
    const first = await dclust([...args, '--out', folder.file('run')])
    expect(first.code, first.stderr).toBe(0)
    writeFileSync(folder.file('run.json'), readFileSync(folder.file('run/config.resolved.json')))
    const again = ['run', '--config', folder.file('run.json'), '--out', folder.file('again'), '--backend', 'cpu']
    const second = await dclust(again)
    expect(second.code, second.stderr).toBe(0)
    expect(second.stderr).not.toMatch(/encoding/)
    expect(readFileSync(folder.file('again/labels.csv'), 'utf8')).toBe(
      readFileSync(folder.file('run/labels.csv'), 'utf8'),
    )
    const dry = await dclust([...args, '--dry-run'])
    expect(dry.stderr).toMatch(/encoder\.options\.model.*--encoder/)
  })
})

describe('fit', () => {
  it('fits a folder of pictures through an encoder, and labels others', async () => {
    const registry = assemble([onnx])
    const seen: string[] = []
    const onProgress = ({ phase }: { phase: string }) => void seen.push(phase)
    const found = await fit(more, { method: 'kmeans', k: 3, encoder: model, registry, onProgress })
    expect(seen).toContain('encoding')
    expect(new Set(found.labels).size).toBe(3)
    await found.save(folder.file('found.dclust'))
    const loaded = await load(folder.file('found.dclust'), { registry })
    expect(loaded.facts.about.data).toMatchObject({ encoder: { facts: { name: 'model.onnx', features: 12 } } })
    expect(await loaded.predict(more)).toEqual(found.labels)
    // The encoder's file is another one now: its features mean something else.
    writeChain(model, { input: { shape: ['n', 3, 2, 2] }, steps: [{ op: 'Neg' }, { op: 'Flatten' }] })
    await expect(loaded.predict(more)).rejects.toThrow(/fitted to features of the encoder 'model\.onnx' with checksum/)
    await expect(fit(more, { method: 'kmeans', k: 3, encoder: 'nobody', registry })).rejects.toThrow(/encoder.*pixels/)
  })
})
