// Features of many pictures in files of fixed partitions: on this machine, in shares, by workers of a queue.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { checksum } from '@dc/core/cache'
import { loadNpy, loadParquet, loadShards, readManifest } from '@dc/data'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeChain } from '../../packages/backbones/src/testing/small-models'
import { dclust, temporaryFolder } from './dclust'
import { password, queueOnRedis } from './queue-on-redis'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const folder = temporaryFolder()
const [photos, model] = [folder.file('photos'), folder.file('flat.onnx')]
const redis = queueOnRedis()

beforeAll(async () => {
  for (const name of ['cats', 'dogs']) mkdirSync(`${photos}/${name}`, { recursive: true })
  for (let at = 0; at < 23; at++)
    await sharp({ create: { width: 6, height: 6, channels: 3, background: { r: 11 * at, g: 0, b: 255 } } })
      .png()
      .toFile(`${photos}/${at < 12 ? 'cats' : 'dogs'}/${String(at).padStart(2, '0')}.png`)
  writeFileSync(`${photos}/cats/00-broken.jpg`, 'no picture')
  writeChain(model, { input: { shape: ['n', 3, 2, 2] }, steps: [{ op: 'Flatten' }] })
})
afterAll(() => {
  vi.unstubAllEnvs()
  folder.remove()
})

const out = (name: string) => folder.file(name)
const given = (name: string, ...more: string[]) => [
  ...['extract', photos, '--encoder', model, '--part-rows', '5', '--out', out(name), ...more],
]
const extract = (name: string, ...more: string[]) => dclust(given(name, ...more))
/** The files of a folder of features, by their checksums. */
const contents = (name: string) =>
  Object.fromEntries(
    readdirSync(out(name))
      .filter((file) => statSync(join(out(name), file)).isFile())
      .map((file) => [file, checksum(readFileSync(join(out(name), file)))]),
  )

describe('dclust extract into a folder', () => {
  it('writes partitions, a manifest with checksums, and does again only what is not right', async () => {
    const first = await extract('local', '--jobs', '2', '--json')
    expect(first.code, first.stderr).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({
      ...{ partitions: 5, done: 5, rows: 23, width: 12, whole: true },
      leftOut: [{ path: `${photos}/cats/00-broken.jpg`, reason: expect.stringContaining('cannot be decoded') }],
    })
    expect(first.stderr).toContain('5 partitions: 0 are done, 5 are not')
    const manifest = await readManifest(join(out('local'), 'manifest.json'))
    expect(manifest.classNames).toEqual(['cats', 'dogs'])
    expect(manifest.parts.map(({ rows }) => rows)).toEqual([4, 5, 5, 5, 4])
    const files = contents('local')
    for (const { file, sha256, names } of manifest.parts) {
      expect(files[file]).toBe(sha256)
      expect(files[names!.file]).toBe(names!.sha256)
    }
    const { values } = await loadNpy(join(out('local'), manifest.parts[1].file))
    for (let row = 0; row < 5; row++) expect(values[12 * row]).toBeCloseTo((11 * (row + 4)) / 255, 6)
    expect(readFileSync(join(out('local'), 'part-000004.rows.csv'), 'utf8')).toBe(
      `row,name,class\n${[19, 20, 21, 22].map((at, row) => `${row},dogs/${at}.png,dogs\n`).join('')}`,
    )

    // A part is damaged, one is gone, one is of a picture that has changed.
    const untouched = statSync(join(out('local'), 'part-000001.npy')).mtimeMs
    writeFileSync(join(out('local'), 'part-000000.npy'), 'damaged')
    rmSync(join(out('local'), 'part-000002.rows.csv'))
    const second = await extract('local')
    expect(second.code, second.stderr).toBe(0)
    expect(second.stderr).toContain('5 partitions: 3 are done, 2 are not')
    expect(second.stdout).toBe(`23 rows of 12 features in 5 of 5 partitions: ${out('local')}\n`)
    expect(contents('local')).toEqual(files)
    expect(statSync(join(out('local'), 'part-000001.npy')).mtimeMs).toBe(untouched)
    const third = await extract('local')
    expect(third.stderr).toContain('5 partitions: 5 are done, 0 are not')
    // Other partitions of the same: what is left over is taken away.
    const other = await dclust([...given('local'), '--part-rows', '12', '--format', 'parquet'])
    expect(other.code, other.stderr).toBe(0)
    expect(Object.keys(contents('local')).sort()).toEqual([
      'manifest.json',
      'part-000000.parquet',
      'part-000001.parquet',
    ])
    const rows = await loadParquet(join(out('local'), 'part-000001.parquet'), { label: 'class' })
    expect(rows.rowNames?.[0]).toBe('cats/11.png')
    const shards = await loadShards(out('local'))
    expect([shards.size, shards.sampleShape, shards.classNames]).toEqual([23, [12], ['cats', 'dogs']])
    expect(shards.rowNames?.slice(10, 13)).toEqual(['cats/10.png', 'cats/11.png', 'dogs/12.png'])
  }, 120_000)

  it('in shares, without a queue: the files of all shares are those of one process', async () => {
    const whole = await extract('whole')
    expect(whole.code, whole.stderr).toBe(0)
    const [one] = [await extract('shared', '--shard', '1/2', '--json')]
    expect(JSON.parse(one.stdout)).toMatchObject({ partitions: 3, done: 3, whole: false })
    expect(existsSync(join(out('shared'), 'manifest.json'))).toBe(false)
    vi.stubEnv('JOB_COMPLETION_INDEX', '1')
    vi.stubEnv('JOB_COMPLETION_COUNT', '2')
    const two = await extract('shared', '--json')
    vi.unstubAllEnvs()
    expect(two.stderr).toContain('share 2 of 2: 0 are done, 2 are not')
    expect(JSON.parse(two.stdout)).toMatchObject({ partitions: 2, done: 2, whole: true })
    expect(contents('shared')).toEqual(contents('whole'))
    // Any command reads the folder as a data set.
    const data = ['--data', `shards:${out('whole')}`]
    const run = await dclust(['run', 'kmeans', ...data, '--backend', 'cpu', '--out', out('run'), '--json'])
    expect(run.code, run.stderr).toBe(0)
    const [header, first] = readFileSync(join(out('run'), 'labels.csv'), 'utf8').split('\n')
    expect(header).toMatch(/^row,name,label,truth,class/)
    expect(first).toMatch(/^0,cats\/00\.png,\d,0,cats,/)
    const predicted = await dclust(['predict', out('run'), out('whole'), '--json'])
    expect(predicted.code, predicted.stderr).toBe(0)
    expect(JSON.parse(predicted.stdout).names[22]).toBe('dogs/22.png')
    // A run by the classes of the shards, by its own; labels of shards by both, and by the counts of each shard.
    const json = async (...args: string[]) => {
      const { code, stdout, stderr } = await dclust([...args, '--json'])
      expect(code, stderr).toBe(0)
      return JSON.parse(stdout)
    }
    const byShards = await json('eval', out('run'), `shards:${out('whole')}`)
    expect(byShards).toMatchObject({ matchedBy: 'name', classes: 2 })
    expect(byShards).toEqual(await json('eval', out('run'), out('run')))
    await json('shards', 'kmeans', out('whole'), '--k', '2', '--out', out('centroids'))
    const counted = await json('shards', 'scores', out('centroids'), out('whole'), '--out', out('counted'))
    const { scores, ...facts } = await json('eval', out('centroids'), out('whole'))
    expect(facts).toMatchObject({ matchedBy: 'order', rows: counted.rows })
    for (const score of ['acc', 'nmi', 'ari']) expect(scores[score]).toBeCloseTo(counted[score], 12)
    const refused = await dclust(['eval', `shards:${out('whole')}`, out('run')])
    expect(refused.stderr).toContain('holds no labels.csv and no labels-….npy')
  }, 120_000)

  it('rows of other data sets, which are pictures', async () => {
    const digits = writeChain(folder.file('any.onnx'), { input: { shape: ['n', 1, 8, 8] }, steps: [{ op: 'Flatten' }] })
    const args = ['extract', 'optdigits', '--encoder', digits, '--out', out('digits'), '--part-rows', '1000', '--json']
    const { code, stdout, stderr } = await dclust(args)
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ partitions: 2, rows: 1797, width: 64, whole: true })
  }, 60_000)

  it('refuses before it decodes', async () => {
    const refused = async (args: readonly string[], code = 1) => {
      const result = await dclust(['extract', ...args])
      expect([result.code, result.stdout]).toEqual([code, ''])
      expect(result.stderr).not.toMatch(/unexpected error/)
      return result.stderr
    }
    const encoder = ['--encoder', model]
    mkdirSync(out('full'))
    writeFileSync(join(out('full'), 'x.txt'), '')
    expect(await refused([photos, ...encoder, '--out', out('full')])).toContain('a new or empty folder, or one of')
    expect(await refused([photos, ...encoder, '--out', 'x.npy', '--queue', 'redis://host'])).toContain(
      "--out: got 'x.npy'; allowed: a folder, with --queue",
    )
    expect(await refused([photos, '--encoder', 'none.onnx', '--out', out('no')])).toContain('it does not exist')
    for (const shard of ['0/2', '3/2', '1', 'a/b', '1/0', '-1/2'])
      expect(await refused([photos, ...encoder, '--out', out('no'), '--shard', shard], 2)).toContain(
        'i/n with i from 1',
      )
    expect(await refused([photos, ...encoder, '--out', out('no'), '--shards', '2'])).toContain('JOB_COMPLETION_INDEX')
    for (const [index, count, told] of [
      ['2', '2', 'a number from 0 to 1'],
      ['x', '2', 'a number from 0 to 1'],
      ['0', undefined, 'the number of completions'],
    ] as const) {
      vi.stubEnv('JOB_COMPLETION_INDEX', index)
      vi.stubEnv('JOB_COMPLETION_COUNT', count)
      expect(await refused([photos, ...encoder, '--out', out('no')])).toContain(told)
      vi.unstubAllEnvs()
    }
    expect(existsSync(out('no'))).toBe(false)
  })
})

describe.skipIf(redis.missing)('dclust extract --queue', () => {
  it('workers write the files of one process, also after one was killed in the middle', async () => {
    // Each picture of 1,500 × 1,500 takes its time.
    const large = folder.file('large')
    mkdirSync(large)
    const noise = { type: 'gaussian', mean: 128, sigma: 60 }
    for (let at = 0; at < 12; at++)
      await sharp({ create: { width: 1500, height: 1500, channels: 3, background: '#000', noise } })
        .png({ compressionLevel: 1 })
        .toFile(join(large, `${at}.png`))
    const args = (name: string) => ['extract', large, '--encoder', model, '--part-rows', '4', '--out', out(name)]
    const alone = await dclust(args('alone'))
    expect(alone.code, alone.stderr).toBe(0)
    const first = redis.worker()
    const extracting = dclust([...args('queued'), '--queue', redis.address, '--json'])
    await expect.poll(first.told, { timeout: 60_000, interval: 20 }).toContain(': begins\n')
    first.child.kill('SIGKILL')
    await first.end
    redis.worker(['--concurrency', '2'])
    const { code, stdout, stderr } = await extracting
    expect(code, stderr).toBe(0)
    expect(stderr).not.toContain(password)
    expect(JSON.parse(stdout)).toMatchObject({ partitions: 3, done: 3, whole: true })
    expect(contents('queued')).toEqual(contents('alone'))
    // What the queue holds as done, and is gone, is made again.
    rmSync(join(out('queued'), 'part-000001.npy'))
    const again = await dclust([...args('queued'), '--queue', redis.address])
    expect(again.stderr).toContain('3 partitions: 2 are done, 1 are not')
    expect(contents('queued')).toEqual(contents('alone'))
  }, 120_000)

  it('a worker that has another model refuses, and says so', async () => {
    const other = out('other.onnx')
    writeChain(other, { input: { shape: ['n', 3, 2, 2] }, steps: [{ op: 'Flatten' }] })
    const extracting = dclust(
      ['extract', photos, '--encoder', other, '--out', out('changed'), '--part-rows', '5', '--queue', redis.address],
      // Once the model was looked at, and before anybody describes a picture.
      (text) => {
        if (text.includes('partitions:'))
          writeChain(other, { input: { shape: ['n', 3, 4, 4] }, steps: [{ op: 'Flatten' }] })
      },
    )
    const { code, stderr } = await extracting
    expect(code).toBe(1)
    expect(stderr).toContain('is another one on this machine than where its features were asked for')
    expect(stderr).toContain('the same command tries them again')
  }, 60_000)
})
