// Does every pipeline still learn? Seed 0 and few epochs: bounds far enough from what is found (in the comments) that rounding
// cannot cross them, near enough that a change that breaks learning does.
import { writeFileSync } from 'node:fs'
import { createRandom } from '@dc/core/random'
import { afterAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from '../cli/dclust'
import { full } from '../full'

const folder = temporaryFolder()
afterAll(() => folder.remove())

interface Found {
  readonly final: { readonly acc: number; readonly nmi: number; readonly ari: number }
}

async function found(name: string, args: readonly string[]): Promise<Found['final']> {
  const out = folder.file(name)
  const { code, stdout, stderr } = await dclust(['run', ...args, '--seed', '0', '--json', '--out', out])
  expect(stderr).not.toContain('dclust:')
  expect(code).toBe(0)
  const { final } = JSON.parse(stdout) as Found
  return final
}

/**
 * Rows as sentence embeddings are: of length 1, twelve topics that overlap in 64 of 384 dimensions, a common direction.
 *
 * @returns a table with the topic in its last column
 */
function texts(rows: number): string {
  const random = createRandom(12)
  const common = random.normals(384)
  const topics = Array.from({ length: 12 }, () => random.normals(64))
  return Array.from({ length: rows }, (_, row) => {
    const noise = random.normals(384)
    const point = noise.map((value, at) => 0.55 * value + 0.4 * common[at] + (at < 64 ? 0.5 * topics[row % 12][at] : 0))
    const length = Math.hypot(...point)
    return [...Array.from(point, (value) => (value / length).toFixed(5)), `topic ${row % 12}`].join(',')
  }).join('\n')
}

describe('on handwritten digits', { timeout: 300_000 }, () => {
  it('bootsc learns', async () => {
    // Found: ACC 0.83, NMI 0.79.
    const { acc, nmi } = await found('bootsc', ['bootsc', '--preset', 'digits', '--epochs', '25'])
    expect(acc).toBeGreaterThan(0.7)
    expect(nmi).toBeGreaterThan(0.7)
  })

  it.runIf(full)('otdc learns', async () => {
    // Found: ACC 0.87, NMI 0.80.
    const { acc, nmi } = await found('otdc', ['otdc', '--epochs', '10', '--set', 'start.steps=100'])
    expect(acc).toBeGreaterThan(0.7)
    expect(nmi).toBeGreaterThan(0.7)
  })

  it.runIf(full)('sp2ot learns', async () => {
    // Found: ACC 0.92, NMI 0.86.
    const { acc, nmi } = await found('sp2ot', ['sp2ot', '--epochs', '6', '--set', 'start.steps=100'])
    expect(acc).toBeGreaterThan(0.7)
    expect(nmi).toBeGreaterThan(0.7)
  })

  it('dscl learns the classes that it is shown', async () => {
    // Found: NMI 1.00.
    const { nmi } = await found('dscl', ['dscl', '--epochs', '20', '--set', 'unseen=null'])
    expect(nmi).toBeGreaterThan(0.8)
  })
})

describe('on rows like embeddings of texts', { timeout: 300_000 }, () => {
  writeFileSync(folder.file('texts.csv'), texts(1020))
  const data = ['--data', folder.file('texts.csv'), '--labels', '-1']

  it.runIf(full)('bootsc learns', async () => {
    // Found: NMI 0.72.
    const { nmi } = await found('texts-bootsc', ['bootsc', ...data, '--epochs', '15'])
    expect(nmi).toBeGreaterThan(0.5)
  })

  it('sp2ot learns', async () => {
    // Found: NMI 0.87.
    const { nmi } = await found('texts-sp2ot', ['sp2ot', ...data, '--epochs', '15', '--batch-size', '128'])
    expect(nmi).toBeGreaterThan(0.6)
  })

  it('otdc learns', async () => {
    // Found: NMI 0.98.
    const { nmi } = await found('texts-otdc', ['otdc', ...data, '--epochs', '10'])
    expect(nmi).toBeGreaterThan(0.8)
  })
})
