// What looks wrong with the data of a run.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(folder.remove)

it('copies, rows far away and wrong classes are listed in a CSV and in the report, and are there again when it is drawn anew', async () => {
  const lines = blobsCsv(90, true).trimEnd().split('\n')
  const [own, other] = [lines[10], lines.find((line) => line.split(',').at(-1) !== lines[10].split(',').at(-1))!]
  const className = other.split(',').at(-1)
  const wrong = [
    ...lines[10]
      .split(',')
      .slice(0, -1)
      .map((cell) => String(Number(cell) + 0.01)),
    className,
  ].join(',')
  const far = own.split(',').map((cell, at, all) => (at < all.length - 1 ? '900' : cell))
  const data = folder.file('rows.csv')
  writeFileSync(data, `${[...lines, lines[3], wrong, far.join(',')].join('\n')}\n`)
  const run = folder.file('run')
  const args = ['cluster', data, '--labels', '8', '--k', '3', '--method', 'kmeans', '--out', run]
  const { code, stderr } = await dclust(args)
  expect(code, stderr).toBe(0)
  const found = readFileSync(folder.file('run/issues.csv'), 'utf8').trimEnd().split('\n')
  expect(found[0]).toBe('issue,row,name,group,score,class,likely,reason')
  expect(found).toContain('duplicate,3,3,0,0,,,')
  expect(found).toContain('duplicate,90,90,0,0,,,')
  expect(found.filter((line) => line.startsWith('outlier,'))[0]).toMatch(/^outlier,92,/)
  expect(found.filter((line) => line.startsWith('mislabelled,91,'))[0]).toContain(`,${className},`)
  const page = () => readFileSync(folder.file('run/report.html'), 'utf8')
  for (const title of ['Data issues', 'Near duplicates', 'Outliers', 'Classes that look wrong'])
    expect(page()).toContain(title)
  expect((await dclust(['report', run])).code).toBe(0)
  expect(page()).toContain('Near duplicates')
})
