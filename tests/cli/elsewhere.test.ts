// What other tools read of a run: Parquet, TensorBoard's event files, charts as files.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadParquet } from '@dc/data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const rows = folder.file('blobs.csv')
const run = folder.file('run')
let told = ''

beforeAll(async () => {
  writeFileSync(rows, blobsCsv(60, true))
  const args = ['run', 'bootsc', '--data', rows, '--labels', '8', '--k', '3', '--out', run, ...tiny.slice(2)]
  const { code, stderr } = await dclust(args)
  expect(code, stderr).toBe(0)
  told = stderr
})
afterAll(folder.remove)

describe('what other tools read', () => {
  it('atlas.parquet has a line for each row, as labels.csv says it', async () => {
    const file = folder.file('run/atlas.parquet')
    const found = await loadParquet(file, { label: 'cluster', id: 'name', ignore: ['class', 'row'] })
    const classes = await loadParquet(file, { label: 'class', id: 'name', ignore: ['cluster', 'row'] })
    const lines = readFileSync(folder.file('run/labels.csv'), 'utf8').trimEnd().split('\n').slice(1)
    expect(found.size).toBe(60)
    const columns = ['x', 'y', 'cluster_number', 'certainty', 'by_kmeans']
    for (const [at, line] of lines.entries()) {
      const [, name, label, , className, certainty, x, y, kmeans] = line.split(',')
      expect(found.rowNames![at]).toBe(name)
      expect(found.classNames![found.labels![at]]).toBe(`cluster ${label}`)
      expect(classes.classNames![classes.labels![at]]).toBe(className)
      const values = await found.read([at])
      for (const [place, value] of [x, y, label, certainty, kmeans].entries())
        expect(values[found.columns!.indexOf(columns[place])]).toBeCloseTo(Number(value), 5)
    }
    expect(told).toMatch(/look at the rows in embedding-atlas: uvx embedding-atlas \S+atlas\.parquet --x x --y y/)
  })

  it('event files hold every log of every epoch', () => {
    const seed = folder.file('run/tensorboard/seed-0')
    const [name] = readdirSync(seed)
    expect(name).toMatch(/^events\.out\.tfevents\.\d+\.dclust$/)
    const text = readFileSync(`${seed}/${name}`, 'latin1')
    const epochs = readFileSync(folder.file('run/metrics.jsonl'), 'utf8').trimEnd().split('\n').length
    expect(text.split('brain.Event:2')).toHaveLength(2)
    for (const tag of ['loss', 'learning rate'])
      expect(text.split(`\n${String.fromCharCode(tag.length)}${tag}`)).toHaveLength(1 + epochs)
  })

  it('charts are files that stand by themselves', async () => {
    const { code, stdout, stderr } = await dclust(['report', run, '--charts', folder.file('charts'), '--json'])
    expect(code, stderr).toBe(0)
    const { charts } = JSON.parse(stdout)
    expect(charts.length).toBeGreaterThan(6)
    expect(charts.length % 2).toBe(0)
    for (const path of charts) expect(existsSync(path), path).toBe(true)
    for (const path of charts.filter((each: string) => each.endsWith('.svg'))) {
      const svg = readFileSync(path, 'utf8')
      expect(svg).not.toContain('var(--')
      // Programs that draw SVG know only plain colours.
      expect(svg).not.toContain('color-mix')
      expect(svg).not.toContain('inherit')
      const [, width, height] = /^<svg width="([\d.]+)" height="([\d.]+)"/.exec(svg)!
      const png = readFileSync(path.replace(/svg$/, 'png'))
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect(Math.abs(png.readUInt32BE(16) - 2 * Number(width))).toBeLessThan(1)
      expect(Math.abs(png.readUInt32BE(20) - 2 * Number(height))).toBeLessThan(1)
      // Something is drawn on the ground: an empty picture of this size has a few hundred bytes.
      expect(png.length).toBeGreaterThan(2000)
    }
    const names = charts.map((path: string) => path.split('/').at(-1)).join()
    expect(names).toMatch(/cluster-sizes/)
    expect(names).toMatch(/loss-over-the-epochs/)
  })
})
