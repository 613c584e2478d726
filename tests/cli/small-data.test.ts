// Any data set with n ≥ k ≥ 2 runs with the defaults, by every pipeline; what was changed to fit it is told.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRandom } from '@dc/core/random'
import { afterAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const random = createRandom(4)
/** Rows around centres, four numbers of one decimal each as in Iris, with their class behind them. */
const flowers = (rows: number, classes = 3, width = 4) =>
  Array.from({ length: rows }, (_, row) => {
    const label = row % classes
    return [...Array.from({ length: width }, () => (5 + 2 * label + 0.5 * random.normal()).toFixed(1)), `kind ${label}`]
  })
const alike = (rows: number) => Array.from({ length: rows }, (_, row) => ['1', '2', '3', '4', `kind ${row % 3}`])

/** Data by what is odd about them; k is the number of classes if it is not told. */
const sets: Record<string, { rows: string[][]; k?: number }> = {
  '150 rows': { rows: flowers(150) },
  '40 rows': { rows: flowers(40) },
  '20 rows': { rows: flowers(20) },
  '5 rows': { rows: flowers(5) },
  'n = k = 3': { rows: flowers(3) },
  'n = k = 2': { rows: flowers(2, 2) },
  'one column': { rows: flowers(30, 3, 1) },
  'a constant column': { rows: flowers(30).map(([a, b, c, , label]) => [a, b, c, '7', label]) },
  'rows that are all alike': { rows: alike(30) },
  'two rows that are alike': { rows: alike(2), k: 2 },
  'more clusters than different rows': { rows: [...alike(10), ...flowers(3)], k: 8 },
  'as many clusters as batches have rows': { rows: flowers(150), k: 100 },
  'labels that are mostly unknown': { rows: flowers(40).map((row, i) => (i < 8 ? row : [...row.slice(0, 4), ''])) },
  'classes of one row': { rows: [...flowers(20), ...flowers(1).map((row) => [...row.slice(0, 4), 'rare'])] },
}
const mlp = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[12]}}']
/** Networks that train in no time. */
const small: Record<string, readonly string[]> = {
  bootsc: [...mlp, '--set', 'options.projection.name=projection', '--set', 'options.projection.options.hidden=16'],
  otdc: [
    '--set',
    'options.backbone={"name":"autoencoder","options":{"widths":[12],"code":3}}',
    '--set',
    'options.pretrain=2',
  ],
  sp2ot: mlp,
  p2ot: mlp,
  uot: mlp,
  pot: mlp,
  dscl: [...mlp],
}
const write = (name: string, rows: string[][]) => {
  const path = folder.file(`${name.replaceAll(' ', '-')}.csv`)
  if (!existsSync(path)) writeFileSync(path, `${rows.map((row) => row.join(',')).join('\n')}\n`)
  return path
}

/** The ablations of sp2ot differ in the transport only. */
const ablations = ['p2ot', 'uot', 'pot']
const ablated = ['40 rows', 'n = k = 3', 'rows that are all alike', 'more clusters than different rows']

for (const [pipeline, network] of Object.entries(small))
  describe(pipeline, () => {
    it.each(Object.entries(sets).filter(([name]) => !ablations.includes(pipeline) || ablated.includes(name)))(
      'clusters %s',
      async (name, { rows, k }) => {
        const out = folder.file(`${pipeline} ${name}`)
        const data = ['--data', `csv:${write(name, rows)}`, '--labels', '-1', ...(k ? ['--k', String(k)] : [])]
        const { code, stderr, stdout } = await dclust([
          'run',
          pipeline,
          ...data,
          ...network,
          '--epochs',
          '2',
          '--backend',
          'cpu',
          '--out',
          out,
        ])
        expect(code, stderr).toBe(0)
        expect(stderr).not.toContain('could not be made')
        expect(stdout).not.toMatch(/NaN|undefined|Infinity/)
        const metrics = JSON.parse(readFileSync(`${out}/metrics.json`, 'utf8'))
        expect(metrics.failures).toEqual({})
        const labels = readFileSync(`${out}/labels.csv`, 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => Number(line.split(',')[2]))
        expect(labels).toHaveLength(metrics.dataset.size)
        for (const label of labels) expect(label >= 0 && label < metrics.k).toBe(true)
        // Programs may say so; what people see may not.
        const seen = readFileSync(`${out}/report.html`, 'utf8').replace(/<script[^>]*>[\s\S]*?<\/script>/g, '')
        expect(seen).not.toMatch(/NaN|undefined|Infinity/)
      },
    )
  })

describe('what was changed to fit', () => {
  const data = ['--data', `csv:${write('40 rows', sets['40 rows'].rows)}`, '--labels', '-1', '--backend', 'cpu']
  const command = (pipeline: string, ...more: string[]) => [
    'run',
    pipeline,
    ...data,
    ...small[pipeline],
    '--epochs',
    '4',
    ...more,
  ]

  it('is told, and stands in the configuration, in a dry run too', async () => {
    const told = [
      'batch 256 → 40: the data have 40 rows',
      'width of the embedding 64 → 20: its columns are made orthogonal in batches of 40 rows',
    ]
    const { stdout, stderr } = await dclust(command('bootsc', '--dry-run'))
    for (const line of told) expect(stderr).toContain(`${line}\n`)
    expect(JSON.parse(stdout)).toMatchObject({
      k: 3,
      training: { batchSize: 40 },
      options: { projection: { options: { width: 20 } } },
    })
    expect((await dclust(command('bootsc', '--batch-size', '39', '--dry-run'))).stderr).not.toContain('batch 256')
  })

  it.each(['bootsc', 'sp2ot'])('is kept when %s is gone on with', async (pipeline) => {
    const [whole, broken] = [folder.file(`${pipeline}-whole`), folder.file(`${pipeline}-broken`)]
    expect((await dclust(command(pipeline, '--out', whole))).code).toBe(0)
    const stopped = await dclust(
      command(pipeline, '--out', broken),
      (text, stop) => text.includes('epoch 2/4') && stop(),
    )
    expect(stopped.code, stopped.stderr).toBe(130)
    const resumed = await dclust(['run', '--out', broken, '--resume', '--backend', 'cpu'])
    expect(resumed.code, resumed.stderr).toBe(0)
    for (const file of ['labels.csv', 'config.resolved.json'])
      expect(readFileSync(`${broken}/${file}`, 'utf8')).toBe(readFileSync(`${whole}/${file}`, 'utf8'))
  })
})
