// Runs side by side.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const runs = (name: string) => folder.file(`runs/${name}`)
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

beforeAll(async () => {
  writeFileSync(folder.file('blobs.csv'), blobsCsv(60, true))
  const data = ['--data', `csv:${folder.file('blobs.csv')}`, '--labels', '-1']
  for (const [name, ...more] of [
    ['a | =b', '--set', 'options.epsilon=0.5', '--seeds', '3'],
    ['c_d', '--seed', '7', '--epochs', '2'],
  ]) {
    const { code, stderr } = await dclust(['run', 'bootsc', ...data, ...tiny, ...more, '--out', runs(name)])
    expect(code, stderr).toBe(0)
  }
  mkdirSync(runs('cut'), { recursive: true })
  cpSync(runs('c_d/config.resolved.json'), runs('cut/config.resolved.json'))
  const line = { seed: 7, epoch: 1, seconds: 1, learningRate: 0.1, logs: { loss: 1 } }
  writeFileSync(runs('cut/metrics.jsonl'), `${JSON.stringify(line)}\n`)
}, 60_000)

describe('dclust compare', () => {
  it('gives mean ± sd over the seeds, what differs, and seconds; tells what is not finished', async () => {
    const { code, stdout, stderr } = await dclust(['compare', folder.file('runs'), runs('c_d'), '--json'])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^left out .*cut, which was interrupted, after epoch 1 of seed 7\. Go on with: dclust run/)
    const { settings, runs: lines, baselines, unfinished } = JSON.parse(stdout)
    expect(settings.sort()).toEqual(['options.epsilon', 'training.epochs'])
    expect(lines.map(({ settings }: { settings: object }) => settings)).toEqual([
      { 'options.epsilon': 0.5, 'training.epochs': 4 },
      { 'training.epochs': 2 },
    ])
    const { final, seeds } = read(runs('a | =b/metrics.json'))
    expect(lines[0].scores.nmi.mean).toBeCloseTo(final.nmi, 12)
    expect(lines[0].scores.nmi.sd).toBeCloseTo(final.sd.nmi, 12)
    expect(lines[0].scores.nmi.n).toBe(3)
    expect(lines[0].seconds.mean).toBeCloseTo((seeds[0].seconds + seeds[1].seconds + seeds[2].seconds) / 3, 9)
    expect(lines[1].scores.acc).toEqual({ mean: expect.any(Number), sd: null, n: 1 })
    // Both runs are on the same data: each baseline is one line, over the first seeds of both.
    expect(baselines.map(({ run, seeds }: { run: string; seeds: number[] }) => [run, seeds])).toEqual([
      ['k-means', [0, 7]],
      ['spectral clustering', [0, 7]],
      ['Leiden', [0, 7]],
    ])
    const two = [runs('a | =b/metrics.json'), runs('c_d/metrics.json')].map((path) => read(path).baselines.kmeans)
    expect(baselines[0].scores.silhouette.mean).toBeCloseTo((two[0].silhouette + two[1].silhouette) / 2, 12)
    expect(baselines[0].settings).toEqual({})
    expect(unfinished).toEqual([{ run: runs('cut'), state: expect.stringContaining('was interrupted') }])
  })

  it('writes a table, Markdown, CSV and LaTeX', async () => {
    const written = async (format: string) =>
      (await dclust(['compare', folder.file('runs'), '--format', format])).stdout
    const plain = await written('table')
    expect(plain).toMatch(/^run +epochs +epsilon +seeds +acc +nmi|^run +epsilon +epochs +seeds +acc/)
    expect(plain).toMatch(/0–2 +\d\.\d{3} ± \d\.\d{3} /)
    expect(plain).toMatch(/– +7 +\d\.\d{3} |7 +\d\.\d{3} /)
    const markdown = (await written('markdown')).trim().split('\n')
    expect(markdown).toHaveLength(4 + 3)
    expect(markdown[6]).toMatch(/^\| Leiden \|/)
    expect(markdown[2]).toContain('/a \\| =b |')
    // Every line has as many cells.
    expect(new Set(markdown.map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1)
    const csv = (await written('csv')).trim().split('\n')
    expect(csv[0]).toMatch(/^run,.*options\.epsilon.*,seeds,acc_mean,acc_sd,/)
    expect(new Set(csv.map((line) => line.split(',').length)).size).toBe(1)
    const latex = await written('latex')
    expect(latex).toMatch(/^\\begin\{tabular\}\{lr+\}/)
    expect(latex).toContain('c\\_d & ')
    expect(latex).toMatch(/\d\.\d{3} \$\\pm\$ \d\.\d{3}/)
    expect(latex).not.toMatch(/[^\\]_/)
  })

  it('says of runs on different rows that they are, and pools nothing of them, though they were read from one path', async () => {
    const both = folder.file('other')
    cpSync(runs('c_d'), `${both}/first`, { recursive: true })
    cpSync(runs('c_d'), `${both}/second`, { recursive: true })
    const metrics = read(`${both}/second/metrics.json`)
    metrics.corrects.data = 'f'.repeat(64)
    writeFileSync(`${both}/second/metrics.json`, JSON.stringify(metrics))
    const { stdout, stderr } = await dclust(['compare', both, '--json'])
    expect(stderr).toContain(
      `these runs are on different rows, so their scores are not of one task: ${both}/first; ${both}/second`,
    )
    const { settings, baselines } = JSON.parse(stdout)
    expect(settings).toEqual(['data.checksum'])
    expect(baselines.map(({ run }: { run: string }) => run)).toEqual([
      ...['k-means', 'spectral clustering', 'Leiden'],
      ...['k-means', 'spectral clustering', 'Leiden'],
    ])
    const same = await dclust(['compare', folder.file('runs'), '--json'])
    expect(same.stderr).not.toContain('different rows')
    rmSync(both, { recursive: true })
  })

  it('refuses what holds no run, and runs that cannot be read', async () => {
    const none = await dclust(['compare', folder.path.concat('/none')])
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('There is no run in')])
    const cut = await dclust(['compare', runs('cut')])
    expect([cut.code, cut.stdout, cut.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/No run is finished: .*cut was interr/),
    ])
    cpSync(runs('c_d'), folder.file('broken'), { recursive: true })
    writeFileSync(
      folder.file('broken/metrics.json'),
      '{"pipeline":"bootsc","k":3,"dataset":{"name":"x","size":1},"backend":"cpu","seeds":[]}',
    )
    expect((await dclust(['compare', folder.file('broken')])).stderr).toMatch(/metrics\.json' is no run's: seeds is /)
    writeFileSync(folder.file('broken/config.resolved.json'), '{}')
    expect((await dclust(['compare', folder.file('broken')])).stderr).toMatch(
      /config\.resolved\.json': config\.preset: got undefined; allowed: a text/,
    )
    expect((await dclust(['compare', folder.file('blobs.csv')])).stderr).toContain('There is no run in')
    rmSync(folder.file('broken'), { recursive: true })
    expect((await dclust(['compare'])).code).toBe(2)
    expect((await dclust(['compare', runs('c_d'), '--format', 'word'])).code).toBe(2)
  })
})
