// Names from files, cells and the command line reach the terminal as text; files keep them exactly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { textOfCell } from '@dc/core'
import { readCsvCells } from '@dc/data'
import { afterAll, describe, expect, it } from 'vitest'
import { readLabelsCsv } from '../../apps/cli/src/run/labels-csv'
import { blobsCsv, dclust, type Finished, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const hostile = '\u001b[31mred\u009b2J\u202e'
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys is looked for.
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/

function expectText({ stdout, stderr }: Finished) {
  expect(stdout + stderr).not.toMatch(obeyed)
  // JSON holds names whole.
  const lines = [stderr, ...(stdout.startsWith('{') || stdout.startsWith('[') ? [] : [stdout])].join('\n').split('\n')
  for (const line of lines) expect(line.length).toBeLessThan(4200)
}
const quotedCell = (cell: string) => `"${cell.replaceAll('"', '""')}"`

describe('hostile names', () => {
  it('in cells, file names and folders', async () => {
    const classes = [
      `=cmd|' /C calc'!A0 ${hostile}`,
      `@sum(1+1)*{b} "quoted", ${'x'.repeat(10_000)}`,
      '-1+1 <script>alert(1)</script>',
    ]
    const csv = blobsCsv(60, true).replaceAll(/red|green|blue/g, (name) =>
      quotedCell(classes['red green blue'.split(' ').indexOf(name)]),
    )
    const file = folder.file(`${hostile} data.csv`)
    writeFileSync(file, csv)
    mkdirSync(folder.file(`out ${hostile}`))
    const out = folder.file(`out ${hostile}/run`)
    const data = ['--data', `csv:${file}`, '--labels', '-1', ...tiny]
    const run = await dclust(['run', 'bootsc', ...data, '--out', out])
    expect(run.code, run.stderr).toBe(0)
    expectText(run)
    const metrics = JSON.parse(readFileSync(`${out}/metrics.json`, 'utf8'))
    expect(new Set(metrics.dataset.classNames)).toEqual(new Set(classes))
    // No cell is a formula to a spreadsheet, and names are read back as they were.
    const { records } = await readCsvCells(`${out}/labels.csv`)
    expect(records[0].join()).toBe('row,name,label,truth,class,certainty,x,y,kmeans,spectral,leiden')
    for (const [row, name, label, truth, className, ...numbers] of records.slice(1)) {
      expect([name, textOfCell(className)]).toEqual([row, truth === '' ? '' : metrics.dataset.classNames[truth]])
      expect(className).not.toMatch(/^[=+\-@]/)
      for (const number of [label, ...numbers]) expect(number).toMatch(/^-?[\d.e-]*$/)
    }
    const { classes: names } = await readLabelsCsv(`${out}/labels.csv`)
    expect(new Set(names)).toEqual(new Set(classes))

    const json = await dclust(['run', 'bootsc', ...data, '--json', '--out', folder.file('json')])
    expectText(json)
    expect(JSON.parse(json.stdout).dataset).toEqual(metrics.dataset)
    const dry = await dclust(['run', 'bootsc', ...data, '--dry-run', '--out', folder.file(`dry ${hostile}`)])
    expectText(dry)
    expect(JSON.parse(dry.stdout).data.options.path).toBe(file)
  })

  const long = 'y'.repeat(1e6)
  it.each([
    [`rum ${hostile}`],
    ['run', `boot${hostile}`],
    ['run', `boot${long}`],
    ['run', 'bootsc', `--colour${hostile}`],
    ['run', 'bootsc', '--k', `${hostile}${long}`],
    ['run', 'bootsc', '--preset', `${hostile}${long}`],
    ['run', 'bootsc', '--backend', `${hostile}${long}`],
    ['run', 'bootsc', '--data', `${hostile}${long}`],
    ['run', 'bootsc', '--data', `csv:${hostile}.csv`],
    ['run', 'bootsc', '--labels', `${hostile}${long}`],
    ['run', 'bootsc', '--set', `${hostile}${long}`],
    ['run', 'bootsc', '--set', `options.${hostile}=${long}`],
    ['run', 'bootsc', '--set', `options.backbone=${hostile}`],
    ['run', 'bootsc', '--set', `labels=${hostile}${long}`],
    ['run', 'bootsc', '--init', `${hostile}`],
    ['run', 'bootsc', '--plugin', `./${hostile}${long}`],
    ['run', '--resume', '--out', `${hostile}${long}`],
    ['list', `${hostile}${long}`],
    ['report', `${hostile}${long}`],
  ])('in arguments, case %#', async (...args) => {
    const finished = await dclust(args)
    expect(finished.code).toBeGreaterThan(0)
    expect(finished.stderr).not.toContain('unexpected error')
    expectText(finished)
    expect(finished.stderr.length).toBeLessThan(20_000)
  })

  it('of plugins', async () => {
    const description = `what ${hostile} ${'long '.repeat(2000)}`
    const plugin = { kind: 'schedule', name: `plug${'n'.repeat(500)}`, apiVersion: 1, description }
    const write = (file: string, plugin: object) =>
      writeFileSync(
        folder.file(file),
        `export const plugins = [{ ...${JSON.stringify(plugin)}, options: { safeParse() {} }, create() {} }]`,
      )
    write('hostile.mjs', { ...plugin, name: `${plugin.name}${hostile}` })
    const refused = await dclust(['list', 'schedule', '--plugin', folder.file('hostile.mjs')])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('lower-case words joined by hyphens')
    expectText(refused)
    write('plugin.mjs', plugin)
    const listed = await dclust(['list', 'schedule', '--plugin', folder.file('plugin.mjs')])
    expect(listed.code, listed.stderr).toBe(0)
    expectText(listed)
    const json = await dclust(['list', 'schedule', '--json', '--plugin', folder.file('plugin.mjs')])
    expectText(json)
    expect(JSON.parse(json.stdout).at(-1)).toEqual({ kind: 'schedule', name: plugin.name, description })
  })
})
