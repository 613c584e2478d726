// Labels against classes, from files of many forms.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { adjustedRandIndex, normalizedMutualInformation } from '@dc/metrics'
import { afterAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

let files = 0
function file(content: string | Uint8Array, ending = 'csv'): string {
  const path = folder.file(`${files++}.${ending}`)
  writeFileSync(path, content)
  return path
}
/** A NumPy array of these numbers, or of these texts. */
function npy(values: readonly (number | string)[], shape = [values.length]): string {
  const texts = values.map(String)
  const wide = Math.max(...texts.map((text) => text.length))
  const isText = typeof values[0] === 'string'
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const head = `{'descr': '${isText ? `<U${wide}` : '<i4'}', 'fortran_order': False, 'shape': (${dims}), }`
  const padded = `${head}${' '.repeat(63 - ((head.length + 10) % 64))}\n`
  const body = isText
    ? Buffer.concat(
        texts.map((text) => Buffer.from(Uint32Array.from({ length: wide }, (_, i) => text.charCodeAt(i) || 0).buffer)),
      )
    : Buffer.from(Int32Array.from(values as number[]).buffer)
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8])
  return file(Buffer.concat([magic, Buffer.from(padded), body]), 'npy')
}
const scored = async (...args: string[]) => {
  const { code, stdout, stderr } = await dclust(['eval', ...args, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}
const refused = async (...args: string[]) => {
  const { code, stdout, stderr } = await dclust(['eval', ...args])
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).not.toContain('unexpected error')
  return stderr
}

const found = [0, 0, 1, 1, 2, 2, 2, 0]
const truth = ['b', 'b', 'a', 'a', 'c', 'c', 'a', 'c']
const numbers = truth.map((name) => 'abc'.indexOf(name))

/** Of a run that the first test of it makes. */
const out = folder.file('run')

describe('dclust eval', () => {
  it.each([
    ['arrays of numbers', () => [npy(found), npy(numbers)]],
    ['an array of text', () => [npy(found), npy(truth)]],
    ['a column of an array', () => [npy(found, [8, 1]), npy(numbers, [1, 8])]],
    ['a column alone, without and with a name', () => [file(found.join('\n')), file(['class', ...truth].join('\n'))]],
    [
      'semicolons',
      () => [file(found.join('\n')), file(['id;species', ...truth.map((name, i) => `${i};${name}`)].join('\r\n'))],
    ],
  ] as const)('reads %s', async (_, make) => {
    const { scores, rows, classes, clusters, matchedBy } = await scored(...make())
    expect([rows, classes, clusters, matchedBy]).toEqual([8, 3, 3, 'order'])
    expect(scores.acc).toBe(6 / 8)
    expect(scores.ari).toBeCloseTo(adjustedRandIndex(numbers, found), 12)
    expect(scores.nmi).toBeCloseTo(normalizedMutualInformation(numbers, found), 12)
    expect(Object.keys(scores)).toEqual(expect.arrayContaining(['ami', 'fmi', 'homogeneity', 'purity', 'macro-f1']))
    expect(scores).not.toHaveProperty('silhouette')
  })

  it('matches rows by name where both have names, whatever the names are', async () => {
    const names = ['=a.jpg', '-b', 'c,d', '"e"', 'f', 'g', 'h', 'i']
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const labels = file(['file,cluster,extra', ...names.map((name, i) => `${cell(name)},${found[i]},1`)].join('\n'))
    const order = [3, 1, 0, 2, 7, 6, 5, 4]
    const classes = file(['photo,kind', ...order.map((i) => `${cell(names[i])},${truth[i]}`)].join('\n'))
    const named = await scored(labels, classes, '--truth-id', 'photo', '--truth-column', 'kind')
    expect([named.matchedBy, named.scores.acc]).toEqual(['name', 6 / 8])
    const numbered = await scored(labels, classes, '--truth-id', '0', '--truth-column', 'kind')
    expect(numbered.scores).toEqual(named.scores)
    expect((await scored(labels, classes, '--truth-column', 'kind')).matchedBy).toBe('order')
    const other = file(['id,kind', ...names.map((name, i) => `${cell(`${name}!`)},${truth[i]}`)].join('\n'))
    expect(await refused(labels, other)).toMatch(/has no row '=a\.jpg', which .* has\./)
    // As `dclust predict` and `dclust extract` write them: row numbers stand before names.
    const both = file(['row,name,label', ...names.map((name, i) => `${i},${cell(name)},${found[i]}`)].join('\n'))
    const turned = file(['row,name,class', ...order.map((i, row) => `${row},${cell(names[i])},${truth[i]}`)].join('\n'))
    expect(await scored(both, turned)).toMatchObject({ matchedBy: 'name', scores: named.scores })
    const twice = file(['id,kind', ...names.map((_, i) => `x,${truth[i]}`)].join('\n'))
    expect(await refused(labels, twice)).toContain("has the row 'x' twice, as rows 0 and 1 (from 0).")
  })

  it('leaves out rows of unknown class, and tells rows in no cluster', async () => {
    const labels = file(['label', ...[0, -1, 1, 1, -1, 1]].join('\n'))
    const classes = file(['row,class', '0,a', '1,a', '2,b', '3,', '4,b', '5,nan'].join('\n'))
    const { rows, leftOut, unassigned, scores } = await scored(labels, classes)
    expect([rows, leftOut, unassigned]).toEqual([4, 2, 2])
    expect(scores.acc).toBe(0.5)
    expect((await scored(labels, classes, '--noise', 'drop')).scores.acc).toBe(1)
    const { stderr } = await dclust(['eval', labels, classes])
    expect(stderr).toContain('4 rows, matched by order, 2 of unknown class left out; 2 clusters, 2 classes')
    expect(stderr).toContain('2 rows are in no cluster')
  })

  it('reads a run folder, and gives the scores of the run', async () => {
    writeFileSync(folder.file('blobs.csv'), blobsCsv(60, true))
    const data = ['--data', `csv:${folder.file('blobs.csv')}`, '--labels', '-1']
    const run = await dclust(['run', 'bootsc', ...data, ...tiny, '--json', '--out', out])
    const { final } = JSON.parse(run.stdout)
    const { scores } = await scored(out, out)
    expect(scores.acc).toBeCloseTo(final.acc, 12)
    expect(scores.ami).toBeCloseTo(final.ami, 12)
    // Other numbers of the classes are summed in another order.
    const sameScores = (found: Record<string, number>) => {
      expect(Object.keys(found)).toEqual(Object.keys(scores))
      for (const [name, value] of Object.entries(found)) expect(value, name).toBeCloseTo(scores[name], 12)
    }
    sameScores((await scored(`${out}/labels.csv`, folder.file('blobs.csv'), '--truth-column', '-1')).scores)
    // The labels of k-means are a column.
    const shuffled = file(
      [
        'row,class',
        ...Array.from({ length: 60 }, (_, i) => `${59 - i},${'red green blue'.split(' ')[(59 - i) % 3]}`),
      ].join('\n'),
    )
    const byName = await scored(out, shuffled)
    expect(byName.matchedBy).toBe('name')
    sameScores(byName.scores)
    const ids = file(['id,class', ...Array.from({ length: 60 }, (_, i) => `x${i},${i % 3}`)].join('\n'))
    const byOrder = await scored(out, ids)
    expect(byOrder.matchedBy).toBe('order')
    sameScores(byOrder.scores)
    const kmeans = await scored(out, out, '--column', 'kmeans')
    expect(kmeans.scores.acc).toBeCloseTo(JSON.parse(run.stdout).baselines.kmeans.acc, 12)
  })

  it('has the baselines of a run beside it', async () => {
    const { baselines } = await scored(`${out}/labels.csv`, folder.file('blobs.csv'), '--truth-column', '-1')
    expect(Object.keys(baselines)).toEqual(['kmeans', 'spectral', 'leiden'])
    for (const { scores } of Object.values<{ scores: Record<string, number> }>(baselines)) expect(scores.ari).toBe(1)
    const { stdout } = await dclust(['eval', out, folder.file('blobs.csv'), '--truth-column', '-1'])
    expect(stdout).toMatch(
      /^score +value +k-means +spectral clustering +Leiden +what\nacc +\d\.\d{4} +1\.0000 +1\.0000 +1\.0000 +accuracy/,
    )
  })

  it('warns of a collapse, and of labels that are worse than k-means', async () => {
    const all = await dclust(['eval', npy(Array(20).fill(3)), npy(Array.from({ length: 20 }, (_, row) => row % 4))])
    expect(all.stderr).toContain('warning: All 20 rows are in a single cluster: the clustering has collapsed')
    expect((await scored(npy(found), npy(numbers))).warnings).toEqual([])
    const lines = readFileSync(`${out}/labels.csv`, 'utf8').trimEnd().split('\n')
    const worse = lines.map((line, at) => {
      const cells = line.split(',')
      return [...cells.slice(0, 2), at === 0 ? cells[2] : at % 2, ...cells.slice(3)].join()
    })
    const { warnings } = await scored(file(worse.join('\n')), folder.file('blobs.csv'), '--truth-column', '-1')
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual(['worse-than-kmeans'])
  })

  it('prints a table', async () => {
    const { stdout } = await dclust(['eval', npy(found), npy(numbers)])
    expect(stdout).toMatch(/^score +value +what\nacc +0\.7500 +accuracy after/)
  })

  it('refuses what does not fit', async () => {
    const labels = npy(found)
    expect(await refused(labels, npy(numbers.slice(1)))).toMatch(/has 8 labels, '.*' 7; they must be of the same rows/)
    expect(await refused(labels, npy([-1, -1, -1, -1, -1, -1, -1, -1]))).toContain('has no known class')
    expect(await refused(labels, npy([...numbers, ...numbers], [8, 2]))).toContain('array of shape [8, 2]')
    expect(await refused(labels, folder.file('none.csv'))).toContain('does not exist')
    expect(await refused(labels, file('x', 'pdf'))).toMatch(/TRUTH: got '.*pdf'; allowed: a \.csv or \.npy file/)
    mkdirSync(folder.file('empty'))
    expect(await refused(folder.file('empty'), labels)).toContain('holds no labels.csv')
    expect(await refused(labels, file('a,b\n1,2\n'))).toContain(
      '--truth-column: nothing was given; allowed: a column of',
    )
    expect(await refused(labels, file('class\n'))).toContain('has a header but no rows')
    expect(await refused(labels, file(''))).toContain('is empty')
    expect(await refused(labels, file('id,class\n1,a\n2\n'))).toContain('record 3 has 1 cells, where the first has 2')
    expect(await refused(labels, file('id,class\n1,a\n'), '--truth-column', 'kind')).toContain(
      "--truth-column: got 'kind'; allowed: columns id, class",
    )
    expect(await refused(labels, labels, '--truth-column', 'kind')).toContain('columns of CSV files')
    expect((await dclust(['eval', labels])).code).toBe(2)
    expect((await dclust(['eval', labels, labels, '--noise', 'none'])).code).toBe(2)
  })
})
