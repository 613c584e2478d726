// The front door, methods without a training, and labels of new rows.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { load } from '@dc/pipelines'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const rows = folder.file('blobs.csv')
const labelled = folder.file('labelled.csv')
const text = (path: string) => readFileSync(folder.file(path), 'utf8')
/** The labels of a CSV with the columns row, name, label. */
const labelsOf = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[2]))

beforeAll(() => {
  writeFileSync(rows, blobsCsv(60, false))
  writeFileSync(labelled, blobsCsv(60, true))
})
afterAll(folder.remove)

describe('dclust cluster', () => {
  it('picks a method and a number of clusters, says why, and writes a run', async () => {
    const { code, stdout, stderr } = await dclust(['cluster', rows, '--out', folder.file('front'), '--json'])
    expect(code).toBe(0)
    expect(stderr).toContain('method: consensus, because 60 rows are too few')
    expect(stderr).toMatch(/clusters: 3, the best of \d+ numbers from 2 to 1\d; .*\n.*--k N says another number/)
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: 'consensus', k: 3 })
    for (const file of ['labels.csv', 'model.dclust', 'report.html', 'config.resolved.json'])
      expect(existsSync(folder.file(`front/${file}`)), file).toBe(true)
    expect(JSON.parse(text('front/config.resolved.json'))).toMatchObject({ k: 3, training: null })
  })

  it('counts true labels, and takes the method that is asked for', async () => {
    const args = ['cluster', labelled, '--labels', '8', '--method', 'spectral', '--out', folder.file('asked'), '--json']
    const { code, stdout, stderr } = await dclust(args)
    expect(code).toBe(0)
    expect(stderr).toContain('method: spectral, as asked')
    expect(stderr).toMatch(/clusters: 3, as many as the data have classes \('.*', '.*', '.*'\); --k auto/)
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: 'spectral', k: 3, final: { acc: 1 } })
  })

  it('takes the number of clusters that --set says', async () => {
    for (const args of [[rows], [labelled, '--labels', '8']]) {
      const { code, stdout, stderr } = await dclust(['cluster', ...args, '--set', 'k=4', '--dry-run', '--json'])
      expect(code, stderr).toBe(0)
      expect(stderr).not.toMatch(/counting clusters|^clusters:/m)
      expect(JSON.parse(stdout).config.k).toBe(4)
    }
  })

  it('leaves the number of clusters to a method that finds it, with labels and without', async () => {
    for (const [out, args] of Object.entries({
      found: [rows],
      auto: [rows, '--k', 'auto'],
      counted: [labelled, '--labels', '8'],
    })) {
      const all = ['cluster', ...args, '--method', 'leiden', '--out', folder.file(out), '--json', '--seed', '0']
      const { code, stdout, stderr } = await dclust([...all, '--seed', '1'])
      expect(code, stderr).toBe(0)
      expect(stderr).toContain('60 rows, as many clusters as leiden finds')
      expect(stderr).not.toContain('counting clusters')
      const { k, seeds, baselines } = JSON.parse(stdout)
      expect([k, seeds.length, baselines.kmeans.sizes.length]).toEqual([3, 2, 3])
      expect(JSON.parse(text(`${out}/config.resolved.json`))).toMatchObject({ pipeline: 'leiden', k: null })
      expect((await dclust(['report', folder.file(out)])).code).toBe(0)
    }
  })

  it('goes on with a run that was stopped, by what stands in it or by the same words', async () => {
    const settings = [...tiny.slice(0, 4), '--set', 'training.batchSize=30', '--set', 'training.epochs=6']
    const asked = ['cluster', `csv:${labelled}`, '--labels', '8', '--method', 'bootsc', ...settings, '--backend', 'cpu']
    const command = (out: string) => [...asked, '--out', folder.file(out)]
    expect((await dclust(command('unbroken'))).code).toBe(0)
    const stopped = await dclust(command('stopped'), (text, stop) => void (text.includes('epoch 1/6') && stop()))
    expect(stopped.code).toBe(130)
    const resume = [...command('stopped'), '--resume']
    const other = await dclust([...resume, '--k', '4'])
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('--resume: k differs from the run in')])
    const same = await dclust([...resume, '--dry-run'])
    expect([same.code, JSON.parse(same.stdout).k]).toEqual([0, 3])
    const bare = ['cluster', '--resume', '--out', folder.file('stopped'), '--backend', 'cpu']
    const { code, stderr } = await dclust(bare)
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('epoch 1/6')])
    expect(text('stopped/labels.csv')).toBe(text('unbroken/labels.csv'))
    expect((await dclust(bare)).stderr).toMatch(/--resume: the run in .* is finished/)
    expect((await dclust(['cluster', '--resume'])).stderr).toContain('--resume needs --out')
    const none = await dclust(['cluster', '--out', folder.file('none')])
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("missing required argument 'data'")])
  })

  it('searches as many clusters as it is asked for', async () => {
    const { code, stdout, stderr } = await dclust([
      'run',
      'leiden',
      '--data',
      rows,
      '--k',
      '5',
      '--out',
      folder.file('five'),
      '--json',
    ])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/seed 0: leiden finds 5 clusters at resolution [\d.]+\./)
    expect(JSON.parse(stdout).k).toBe(5)
    expect(JSON.parse(text('five/config.resolved.json')).k).toBe(5)
    const none = await dclust(['run', 'kmeans', '--data', rows, '--out', folder.file('none')])
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringMatching(/--k: .*no labels to count\. Or dclust cluster, .* a method that finds them: leiden/),
    ])
  })

  it('names the flags that a table needs, and reads it by them', async () => {
    const table = folder.file('excel.csv')
    const lines = blobsCsv(60, false).trim().split('\n')
    const german = lines.map((line, i) => `C-${i};${line.replaceAll(',', ';').replaceAll('.', ',')};12 €`)
    writeFileSync(table, `kunde;a;b;c;d;e;f;g;h;preis\n${german.join('\n')}\n`)
    const flags: string[] = []
    // Each flag as the message before has it.
    for (const [message, ...more] of [
      [
        "--set 'data.options.delimiter=;' (and --set data.options.decimal=, for decimal commas), or --set data.options.delimiter=, if it is not.",
        '--set',
        'data.options.delimiter=;',
        '--set',
        'data.options.decimal=,',
      ],
      [
        "column 'kunde': 'C-0' is not a finite number; if the column holds the labels, name it with --labels COLUMN, if it names the rows, with --id COLUMN, else leave it out with --ignore COLUMN.",
        '--id',
        'kunde',
      ],
      ["column 'preis': '12 €' is not a finite number", '--ignore', 'preis'],
    ]) {
      const refused = await dclust([
        'run',
        'kmeans',
        '--k',
        '3',
        '--data',
        table,
        '--out',
        folder.file('excel'),
        ...flags,
      ])
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(message)])
      flags.push(...more)
    }
    const run = await dclust(['run', 'kmeans', '--k', '3', '--data', table, '--out', folder.file('excel'), ...flags])
    expect(run.code, run.stderr).toBe(0)
    expect(text('excel/labels.csv')).toContain('\n59,C-59,')
  })

  it('leaves out the columns that are no features, and predicts by the names of the others', async () => {
    const lines = blobsCsv(30, false).split('\n')
    const table = folder.file('table.csv')
    writeFileSync(table, `shop,city,a,b,c,d,e,f,g,h\n${lines.map((line, i) => `s${i},c${i % 2},${line}`).join('\n')}\n`)
    const out = folder.file('table')
    const run = await dclust(['cluster', table, '--k', '3', '--id', 'shop', '--ignore', 'city', '--out', out])
    expect(run.code, run.stderr).toBe(0)
    const known = labelsOf(text('table/labels.csv'))
    const backwards = lines.map((line) => line.split(',').reverse().join(','))
    const others: Record<string, string> = {
      same: readFileSync(table, 'utf8'),
      reordered: `h,g,f,e,d,c,b,a\n${backwards.join('\n')}\n`,
      wider: `more,h,g,f,e,d,c,b,a\n${backwards.map((line) => `7,${line}`).join('\n')}\n`,
      headless: `${lines.join('\n')}\n`,
    }
    for (const [name, content] of Object.entries(others)) {
      const file = folder.file(`${name}.csv`)
      writeFileSync(file, content)
      const { code, stdout, stderr } = await dclust(['predict', out, file])
      expect(code, stderr).toBe(0)
      expect(labelsOf(stdout), name).toEqual(known)
      // A program reads the file in the same way.
      expect([...(await (await load(`${out}/model.dclust`)).predict(file))], name).toEqual(known)
    }
    const renamed = folder.file('renamed.csv')
    writeFileSync(renamed, others.reordered.replace('h,g', 'h,x'))
    const { code, stderr } = await dclust(['predict', out, renamed])
    expect(code).toBe(1)
    expect(stderr).toMatch(/'renamed\.csv' has no column 'g', which the model was fitted to\. It has 'h', 'x', 'f',/)
  })

  it('only says what it would do', async () => {
    const { code, stdout, stderr } = await dclust([
      'cluster',
      rows,
      '--k',
      '4',
      '--out',
      folder.file('dry'),
      '--dry-run',
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('method: consensus')
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: 'consensus', k: 4 })
    expect(existsSync(folder.file('dry'))).toBe(false)
  })

  it.each([
    [['no-such.csv'], 1, /no-such\.csv/],
    [['absent'], 1, /No dataset named 'absent'/],
    [[rows, '--method', 'kmean'], 1, /No pipeline named 'kmean'/],
    [[rows, '--k', '1'], 2, /Allowed: an integer ≥ 2/],
    [[rows, '--k', 'many'], 2, /Allowed: an integer ≥ 2, or auto/],
    [[rows, '--k', '61'], 1, /--k.*at most 60/],
    [[], 2, /missing required argument 'data'/],
  ])('refuses %j', async (args, expected, message) => {
    const { code, stdout, stderr } = await dclust(['cluster', ...args, '--out', folder.file('refused')])
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(message)
    expect(existsSync(folder.file('refused'))).toBe(false)
  })
})

describe('dclust run, of a method without a training', () => {
  it('refuses what only a training can follow', async () => {
    for (const flag of ['--epochs', '--batch-size', '--lr']) {
      const { code, stderr } = await dclust(['run', 'kmeans', '--data', rows, '--k', '3', flag, '4'])
      expect(code).toBe(1)
      expect(stderr).toMatch(new RegExp(`${flag}.*kmeans has no training steps`))
    }
  })

  it('is drawn again, and labels are those of the same k-means beside it', async () => {
    const args = ['run', 'kmeans', '--data', labelled, '--labels', '8', '--out', folder.file('kmeans')]
    expect((await dclust(args)).code).toBe(0)
    const lines = text('kmeans/labels.csv').trimEnd().split('\n')
    const [label, baseline] = ['label', 'kmeans'].map((name) => lines[0].split(',').indexOf(name))
    for (const line of lines.slice(1)) expect(line.split(',')[label]).toBe(line.split(',')[baseline])
    expect((await dclust(['report', folder.file('kmeans')])).code).toBe(0)
  })
})

describe('dclust predict', () => {
  it.each([
    ['bootsc', tiny],
    ['kmeans', []],
    ['spectral', []],
    ['leiden', []],
  ])('labels the rows of a run of %s as the run did, and new ones', async (pipeline, settings) => {
    const out = folder.file(`of-${pipeline}`)
    const data = ['--data', labelled, '--labels', '8', '--set', 'data.options.standardize=true']
    expect((await dclust(['run', pipeline, ...data, ...settings, '--out', out])).code).toBe(0)
    const known = labelsOf(text(`of-${pipeline}/labels.csv`))
    const again = await dclust(['predict', out, labelled, '--backend', 'cpu'])
    expect(again.code).toBe(0)
    expect(labelsOf(again.stdout)).toEqual(known)
    // Without the column of the labels, and only some of the rows: another mean, the same scale.
    const few = folder.file('few.csv')
    writeFileSync(few, blobsCsv(60, false).split('\n').slice(0, 5).join('\n'))
    const file = folder.file('few-labels.csv')
    const { code, stdout } = await dclust(['predict', `${out}/model.dclust`, few, '--out', file, '--backend', 'cpu'])
    expect([code, stdout]).toEqual([0, ''])
    expect(labelsOf(readFileSync(file, 'utf8'))).toEqual(known.slice(0, 5))
    const json = JSON.parse((await dclust(['predict', out, few, '--json'])).stdout)
    expect(json).toEqual({ method: pipeline, k: 3, labels: known.slice(0, 5), names: ['0', '1', '2', '3', '4'] })
    expect([...(await (await load(`${out}/model.dclust`)).predict(few))]).toHaveLength(5)
  })

  it('refuses what is no model, and rows of another shape', async () => {
    const bad = async (...args: string[]) => {
      const { code, stdout, stderr } = await dclust(['predict', ...args])
      expect([code, stdout]).toEqual([1, ''])
      return stderr
    }
    expect(await bad('absent', rows)).toMatch(/model: got 'absent'/)
    expect(await bad(folder.path, rows)).toMatch(/no model in/)
    expect(await bad(rows, rows)).toMatch(/blobs\.csv' is not a whole safetensors file/)
    const wide = folder.file('wide.csv')
    writeFileSync(wide, '1,2\n3,4\n')
    expect(await bad(folder.file('front'), wide)).toMatch(/rows.*\[2, 2\].*\[n, 8\]/)
    expect(await bad(folder.file('front'), 'none.csv')).toMatch(/none\.csv/)
  })
})
