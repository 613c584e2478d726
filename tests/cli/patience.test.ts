import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
const labelled = folder.file('labelled.csv')
beforeAll(() => writeFileSync(labelled, blobsCsv(90, true)))
afterAll(() => folder.remove())

describe('training.patience', () => {
  it('ends a run by its loss where no rows are kept for validation', async () => {
    const mlp = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}']
    const still = ['--lr', '1e-12', '--epochs', '200', '--batch-size', '30', '--backend', 'cpu']
    const settings = ['--set', 'unseen=null', '--set', 'training.patience=2', '--set', 'beside={}']
    const out = ['--out', folder.file('out')]
    const data = ['--data', `csv:${labelled}`, '--labels', '-1']
    const { code, stdout, stderr } = await dclust(['run', 'dscl', ...data, ...mlp, ...still, ...settings, ...out])
    expect(code, stderr).toBe(0)
    // Nothing is learned: the loss falls and rises with the draw of the batches.
    const losses = readFileSync(folder.file('out/metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).logs.loss as number)
    expect(losses.length).toBeLessThan(200)
    expect(stderr).toContain('seed 0: training for at most 200 epochs\n')
    expect(stderr).toContain(`seed 0: ended after ${losses.length} epochs\n`)
    const page = readFileSync(folder.file('out/report.html'), 'utf8')
    expect(page).toContain(`${losses.length} epochs on`)
    expect(stdout + page).not.toContain('200 epochs')
    // The last two are the first two in a row that are not below all before them.
    const best = Math.min(...losses)
    expect(losses.indexOf(best)).toBe(losses.length - 3)
  })
})
