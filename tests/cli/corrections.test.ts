// What a person corrects in a report flows back: the run is done again by it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const rows = folder.file('blobs.csv')
const before = folder.file('before')
const json = (path: string) => JSON.parse(readFileSync(folder.file(path), 'utf8'))
const labelsOf = (path: string) =>
  readFileSync(folder.file(path), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[2]))

let file = 0
/** Writes corrections of the run in `before`. */
function written(given: object, of: object = json('before/metrics.json').corrects): string {
  const path = folder.file(`corrections-${file++}.json`)
  writeFileSync(path, JSON.stringify({ version: 1, of, ...given }))
  return path
}
const again = (corrections: string, out: string, ...more: string[]) =>
  dclust([
    'cluster',
    rows,
    '--corrections',
    corrections,
    '--init',
    before,
    '--out',
    folder.file(out),
    '--json',
    ...more,
  ])

beforeAll(async () => {
  writeFileSync(rows, blobsCsv(60, false))
  const { code, stderr } = await dclust(['cluster', rows, '--k', '3', '--method', 'kmeans', '--out', before])
  expect(code, stderr).toBe(0)
})
afterAll(folder.remove)

describe('dclust cluster --corrections', () => {
  it('merges and names exactly, in labels.csv, the model, the numbers and what predict says', async () => {
    const corrections = written({
      merges: [{ clusters: [0, 2], name: 'both, together' }],
      renames: [{ cluster: 1, name: 'the other' }],
    })
    const { code, stdout, stderr } = await again(corrections, 'merged')
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('method: kmeans, as in the run that is corrected')
    expect(stderr).toContain('corrections: 1 of 1 merges hold')
    expect(JSON.parse(stdout)).toMatchObject({
      k: 2,
      clusterNames: ['both, together', 'the other'],
      corrections: { merges: { held: 1, of: 1 }, renames: { held: 1, of: 1 } },
    })
    const expected = labelsOf('before/labels.csv').map((label) => (label === 1 ? 1 : 0))
    expect(labelsOf('merged/labels.csv')).toEqual(expected)
    expect(readFileSync(folder.file('merged/labels.csv'), 'utf8').split('\n')[1]).toMatch(
      /,("both, together"|the other)$/,
    )
    const predicted = await dclust(['predict', folder.file('merged'), rows])
    expect(predicted.stdout.split('\n')[0]).toBe('row,name,label,cluster')
    expect(predicted.stdout).toContain('"both, together"')
    const told = JSON.parse((await dclust(['predict', folder.file('merged'), rows, '--json'])).stdout)
    expect(told).toMatchObject({ k: 2, labels: expected, clusterNames: ['both, together', 'the other'] })
    expect((await dclust(['report', folder.file('merged')])).code).toBe(0)
    expect((await dclust(['compare', before, folder.file('merged')])).code).toBe(0)
  })

  it('labels, pairs, splits and noise steer the fit, and what holds is said', async () => {
    const labels = labelsOf('before/labels.csv')
    const of = (cluster: number) => labels.flatMap((label, row) => (label === cluster ? [row] : []))
    const corrections = written({
      splits: [{ cluster: 0, rows: of(0).slice(0, 6), name: 'new' }],
      labels: [{ row: of(1)[0], cluster: 1 }],
      together: [of(1).slice(1, 4)],
      apart: [[of(1)[0], of(2)[0]]],
      noise: [of(2)[5]],
    })
    const { code, stdout, stderr } = await again(corrections, 'steered', '--method', 'consensus')
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      pipeline: 'consensus',
      k: 4,
      clusterNames: [null, null, null, 'new'],
      corrections: {
        splits: { held: 1, of: 1 },
        labels: { held: 1, of: 1 },
        together: { held: 3, of: 3 },
        apart: { held: 1, of: 1 },
        noise: { held: 1, of: 1 },
      },
    })
    expect(stderr).toContain('corrections: 3 of 3 pairs of rows together hold')
    expect(json('steered/config.resolved.json')).toMatchObject({ k: 4, corrections })
    expect(json('steered/corrected.json')).toMatchObject({ k: 3, method: 'kmeans' })
  })

  it('a network is trained by them; an interrupted one goes on from its folder alone', async () => {
    const corrections = written({ labels: [{ row: 0, cluster: labelsOf('before/labels.csv')[0] }] })
    const settings = ['--init', before, '--corrections', corrections, ...tiny.slice(2)]
    const args = ['run', 'bootsc', '--data', rows, ...settings, '--json', '--out', folder.file('trained')]
    const { code, stdout, stderr } = await dclust(args)
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: 'bootsc', k: 3, corrections: { labels: { of: 1 } } })
    // As if it had been stopped after its training: what was corrected is in the folder.
    for (const name of ['trained/metrics.json', 'trained/labels.csv']) rmSync(folder.file(name))
    rmSync(corrections)
    const resumed = await dclust(['run', '--out', folder.file('trained'), '--resume', '--json', '--backend', 'cpu'])
    expect(resumed.code, resumed.stderr).toBe(0)
    const { seeds, corrections: held } = JSON.parse(resumed.stdout)
    expect(held).toEqual(JSON.parse(stdout).corrections)
    expect(seeds[0].sizes).toEqual(JSON.parse(stdout).seeds[0].sizes)
  })

  it('a file or a flag that cannot be is refused, by its place', async () => {
    const { corrects } = json('before/metrics.json')
    const refused = async (corrections: string, ...more: string[]) => {
      const { code, stderr } = await again(corrections, `refused-${file++}`, ...more)
      expect(code).toBe(1)
      return stderr
    }
    const rename = { renames: [{ cluster: 0, name: 'a' }] }
    expect(await refused(written({ labels: [{ row: 60, cluster: 0 }] }))).toMatch(
      /corrections-\d+\.json': corrections\.labels\.0\.row: got 60; allowed: a row from 0 to 59/,
    )
    expect(await refused(written(rename, { ...corrects, data: 'a'.repeat(64) }))).toContain('corrections.of.data')
    expect(await refused(written(rename, { ...corrects, labels: 'a'.repeat(64) }))).toContain('corrections.of.labels')
    expect(await refused(written({ rename: [] }))).toContain('corrections.rename')
    expect(await refused(written(rename), '--k', '4')).toContain('--k: got 4; allowed: nothing')
    expect(await refused(written({ noise: [1] }), '--method', 'spectral')).toContain("method: got 'spectral'")
    expect(await refused(folder.file('nothing.json'))).toContain('nothing.json')
    writeFileSync(folder.file('broken.json'), '{')
    expect(await refused(folder.file('broken.json'))).toContain('is not valid JSON')
    const alone = await dclust(['cluster', rows, '--corrections', written(rename), '--out', folder.file('alone')])
    expect(alone.stderr).toContain('--init: nothing was given; allowed: the folder of the run')
  })
})
