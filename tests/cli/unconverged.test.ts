import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

it('dclust run says once how many solves of a training did not converge, as many as metrics.jsonl counts', async () => {
  const data = folder.file('blobs.csv')
  writeFileSync(data, blobsCsv(60, true))
  const set = (path: string, value: unknown) => ['--set', `${path}=${JSON.stringify(value)}`]
  const runOf = async (out: string, tolerance: number) => {
    const { code, stderr } = await dclust([
      ...['run', 'p2ot', '--data', `csv:${data}`, '--labels', '-1', '--out', folder.file(out), '--backend', 'cpu'],
      ...['--epochs', '1', '--batch-size', '30'],
      ...set('options.backbone', { name: 'mlp', options: { widths: [8] } }),
      ...set('options.assign', { name: 'p2ot', options: { batches: 2, tolerance } }),
    ])
    expect(code, stderr).toBe(0)
    const epochs = readFileSync(folder.file(`${out}/metrics.jsonl`), 'utf8')
      .trim()
      .split('\n')
    const counted = epochs.reduce((sum, line) => sum + JSON.parse(line).logs.unconverged, 0)
    return { counted, told: stderr.split('\n').filter((line) => line.includes('did not converge')) }
  }
  const bad = await runOf('bad', 1e-300)
  expect(bad.counted).toBeGreaterThan(1)
  expect(bad.told).toEqual([expect.stringContaining(`seed 0: ${bad.counted} solves of transport did not converge`)])
  expect(await runOf('good', 1e-6)).toEqual({ counted: 0, told: [] })
})
