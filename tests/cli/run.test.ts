import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { loadCheckpoint } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const labelled = folder.file('labelled.csv')
const bare = folder.file('bare.csv')
const data = ['--data', `csv:${labelled}`, '--labels', '-1']
const read = (name: string) => readFileSync(folder.file(name), 'utf8')
const json = (name: string) => JSON.parse(read(name))

beforeAll(() => {
  writeFileSync(labelled, blobsCsv(90, true))
  writeFileSync(bare, blobsCsv(90, false))
})
afterAll(() => folder.remove())

describe('dclust run', () => {
  it('clusters, scores, and writes a run folder', async () => {
    const { code, stdout, stderr } = await dclust(['run', 'bootsc', ...data, ...tiny, '--out', folder.file('one')])
    expect(stderr).toContain('seed 0: epoch 4/4')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^method +ACC +NMI +ARI +seconds\nbootsc +\d\.\d{3}/)
    expect(stdout).toMatch(/^k-means +1\.000 +1\.000 +1\.000/m)
    expect(stdout).toMatch(/^recipe +neighbours: /m)
    expect(stdout).toMatch(/^labels +consensus: /m)
    expect(stdout).toMatch(/^backend +cpu: /m)

    const files = [
      'atlas.parquet',
      'checkpoints',
      'config.resolved.json',
      'env.json',
      'issues.csv',
      'issues.json',
      'labels.csv',
      'metrics.json',
      'metrics.jsonl',
      'model.dclust',
    ]
    expect(readdirSync(folder.file('one')).sort()).toEqual([...files, 'report.html', 'tensorboard'])
    expect(readdirSync(folder.file('one/checkpoints'))).toEqual(['seed-0.safetensors'])
    const metrics = json('one/metrics.json')
    expect(metrics).toMatchObject({ backend: 'cpu', k: 3, baselines: { kmeans: { acc: 1, nmi: 1, ari: 1 } } })
    for (const score of ['acc', 'nmi', 'ari']) expect(metrics.final[score]).toBe(metrics.seeds[0][score])
    expect(metrics.seconds).toBeGreaterThan(0)
    expect(json('one/config.resolved.json')).toMatchObject({ k: 3, seeds: [0], training: { epochs: 4, batchSize: 30 } })
    expect(json('one/env.json')).toMatchObject({ node: process.versions.node, backend: 'cpu' })
    expect(
      read('one/metrics.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).epoch),
    ).toEqual([1, 2, 3, 4])
  })

  it('writes every label with its truth, and they give the scores', async () => {
    const lines = read('one/labels.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    expect(lines.length).toBe(90)
    expect(lines.map((fields) => fields[3]).slice(0, 6)).toEqual(['2', '1', '0', '2', '1', '0'])
    expect(lines.map((fields) => fields[4]).slice(0, 3)).toEqual(['red', 'green', 'blue'])
    // ACC by hand: the best of the six ways to name three clusters.
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const right = orders.map(
      (order) => lines.filter(([, , label, truth]) => order[Number(label)] === Number(truth)).length,
    )
    expect(json('one/metrics.json').final.acc).toBeCloseTo(Math.max(...right) / 90, 12)
    const kmeans = orders.map(
      (order) => lines.filter((fields) => order[Number(fields[8])] === Number(fields[3])).length,
    )
    expect(json('one/metrics.json').baselines.kmeans.acc).toBeCloseTo(Math.max(...kmeans) / 90, 12)
  })

  it('writes a report that stands alone', () => {
    const page = read('one/report.html')
    expect(page).toMatch(/<h1>90 rows in [23] clusters/)
    expect(page).toContain('“blue”')
    expect(page).not.toMatch(/<link|@import|url\((?!#)/)
    // It may do nothing but run the script that it brings.
    expect(page).toMatch(
      /content="default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'unsafe-inline'; img-src data:/,
    )
    // Names of namespaces are the only addresses in it.
    const markup = page.replace(/(<script[^>]*>).*?<\/script>/gs, '')
    expect([...markup.matchAll(/https?:\/\/[^"\s<]+/g)].map(([address]) => new URL(address).host)).toEqual(
      expect.arrayContaining(['www.w3.org']),
    )
    expect(page).not.toMatch(/(?:src|href)="https?:/)
  })

  it('gives the same labels for the same seed', async () => {
    await dclust(['run', 'bootsc', ...data, ...tiny, '--out', folder.file('again')])
    expect(read('again/labels.csv')).toBe(read('one/labels.csv'))
  })

  it('stops at Ctrl-C, goes on by --resume, and ends as if nothing had happened', async () => {
    const args = ['run', 'bootsc', ...data, ...tiny, '--out', folder.file('broken')]
    const stopped = await dclust(args, (text, stop) => text.includes('epoch 2/4') && stop())
    expect(stopped.code).toBe(130)
    expect(stopped.stdout).toBe('')
    expect(stopped.stderr).toContain(`dclust run --out ${folder.file('broken')} --resume`)
    expect(existsSync(folder.file('broken/metrics.json'))).toBe(false)
    expect(existsSync(folder.file('broken/checkpoints/seed-0.safetensors'))).toBe(true)

    const resumed = await dclust(['run', 'bootsc', '--backend', 'cpu', '--out', folder.file('broken'), '--resume'])
    expect(resumed.stderr).toContain('going on from epoch 2')
    expect(resumed.code).toBe(0)
    expect(read('broken/labels.csv')).toBe(read('one/labels.csv'))
    expect(read('broken/metrics.jsonl').trim().split('\n').length).toBe(4)
  })

  // Every write to /dev/full fails as on a full disk; files are written beside their place first, so links stand there.
  it.skipIf(!existsSync('/dev/full'))('keeps the earlier checkpoint when the disk is full', async () => {
    const out = folder.file('crammed')
    await dclust(
      ['run', 'bootsc', ...data, ...tiny, '--out', out],
      (text, stop) => text.includes('epoch 2/4') && stop(),
    )
    const checkpoint = 'crammed/checkpoints/seed-0.safetensors'
    const earlier = read(checkpoint)
    const resume = ['run', 'bootsc', '--backend', 'cpu', '--out', out, '--resume']

    symlinkSync('/dev/full', folder.file(`${checkpoint}.part`))
    const full = await dclust(resume)
    expect(full.code).toBe(1)
    expect(full.stdout).toBe('')
    expect(full.stderr).toMatch(
      /Cannot write checkpoint .*: no space is left on the disk\. An earlier checkpoint there is untouched/,
    )
    expect(read(checkpoint)).toBe(earlier)

    symlinkSync('/dev/full', folder.file('crammed/labels.csv.part'))
    expect((await dclust(resume)).stderr).toMatch(/Cannot write .*labels\.csv': the disk is full/)
    expect(existsSync(folder.file('crammed/labels.csv'))).toBe(false)

    expect((await dclust(resume)).code).toBe(0)
    expect(read('crammed/labels.csv')).toBe(read('one/labels.csv'))
  })

  it('prints one JSON object, with mean and deviation over seeds', async () => {
    const { stdout, code } = await dclust([
      'run',
      'bootsc',
      ...data,
      ...tiny,
      '--seed',
      '3',
      '--seed',
      '5',
      '--json',
      '--out',
      folder.file('two'),
    ])
    expect(code).toBe(0)
    const printed = JSON.parse(stdout)
    expect(printed.seeds.map(({ seed }: { seed: number }) => seed)).toEqual([3, 5])
    const [a, b] = printed.seeds.map(({ nmi }: { nmi: number }) => nmi)
    expect(printed.final.nmi).toBeCloseTo((a + b) / 2, 12)
    expect(printed.final.sd.nmi).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12)
    const { out, ...metrics } = printed
    expect(out).toBe(folder.file('two'))
    expect(metrics).toEqual(json('two/metrics.json'))
  })

  it('clusters without labels, and tells silhouette and sizes', async () => {
    const { stdout, code } = await dclust([
      'run',
      'bootsc',
      '--data',
      `csv:${bare}`,
      '--k',
      '3',
      ...tiny,
      '--out',
      folder.file('bare'),
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^method +clusters +sizes +silhouette +neighbours +balance +parts agree +seconds\n/)
    for (const name of ['k-means', 'spectral clustering', 'Leiden'])
      expect(stdout).toMatch(new RegExp(`^${name} +3 +30–30 +0\\.\\d{3} +1\\.000 +1\\.000`, 'm'))
    const { final, seeds, baselines, agreement, verdict, space } = json('bare/metrics.json')
    expect(agreement.methods).toEqual(['bootsc', 'k-means', 'spectral clustering', 'Leiden'])
    expect(agreement.ari[1][2]).toBe(1)
    expect(space).toBe('the rows as they are')
    expect(stdout.replace(/\s+/g, ' ')).toContain(`verdict ${verdict}`)
    for (const scores of [seeds[0], ...Object.values(baselines)])
      for (const name of ['silhouette', 'neighbourAgreement', 'sizeBalance'])
        expect(scores).toHaveProperty(name, expect.any(Number))
    expect(final.acc).toBeUndefined()
    expect(seeds[0].sizes.reduce((sum: number, size: number) => sum + size, 0)).toBe(90)
    expect(read('bare/report.html')).toContain('The data came without labels')
  })

  it('takes settings by path', async () => {
    const { stdout, code } = await dclust([
      'run',
      'bootsc',
      ...data,
      '--lr',
      '0.5',
      '--set',
      'options.epsilon=0.1',
      '--set',
      'training.optimizer.options.momentum=0.5',
      '--seeds',
      '2',
      '--dry-run',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      seeds: [0, 1],
      options: { epsilon: 0.1 },
      training: { optimizer: { options: { momentum: 0.5 } }, learningRate: { options: { from: 0.5 } } },
    })
  })

  it('prints the published hyper-parameters of every system', async () => {
    const printed = async (pipeline: string) =>
      JSON.parse((await dclust(['run', pipeline, '--preset', pipeline, '--dry-run'])).stdout)
    const transport = { epsilon: 0.1, gamma: 1, batches: 10, rho: { schedule: 'sigmoid', start: 0.1, end: 1 } }
    const cosine = { name: 'cosine', options: { from: 5e-4, to: 5e-7 } }
    expect(await printed('sp2ot')).toMatchObject({
      training: { epochs: 50, batchSize: 512, optimizer: { name: 'adam' }, learningRate: cosine },
      options: { scale: 10, assign: { name: 'sp2ot', options: { ...transport, weight: 1000, rounds: 100 } } },
    })
    expect(await printed('p2ot')).toMatchObject({ options: { assign: { name: 'p2ot', options: transport } } })
    expect(await printed('uot')).toMatchObject({ options: { assign: { options: { rho: { value: 1 } } } } })
    expect(await printed('pot')).toMatchObject({ options: { assign: { options: { gamma: 1e6 } } } })
    expect(await printed('otdc')).toMatchObject({ options: { sizes: 'uniform', reconstruction: 1 } })
    expect(await printed('dscl')).toMatchObject({
      training: {
        epochs: 100,
        optimizer: { name: 'adam' },
        learningRate: { name: 'constant', options: { value: 1e-4 } },
      },
      unseen: 0.5,
    })
  })

  it('clusters classes that training did not see, beside the input and softmax regression', async () => {
    const digits = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}', '--backend', 'cpu']
    const out = folder.file('unseen')
    const { code, stdout, stderr } = await dclust(['run', 'dscl', ...digits, '--epochs', '2', '--out', out])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('on classes that training did not see:')
    const { seeds, k, dataset } = json('unseen/metrics.json')
    expect([k, dataset.size]).toEqual([5, 896])
    expect(seeds[0].unseen.map(({ name }: { name: string }) => name)).toEqual(['input', 'softmax regression', 'dscl'])
    for (const { nmi, nmiSpectral, recall } of seeds[0].unseen)
      for (const score of [nmi, nmiSpectral, recall[1], recall[8]]) expect(score).toBeGreaterThan(0)
    expect(seeds[0].history ?? read('unseen/metrics.jsonl')).toContain('"validation":')
    expect(read('unseen/report.html')).toContain('Classes that training did not see')
  })

  it('starts from the backbone of an earlier run, and draws precision against mass', async () => {
    const mlp = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}']
    const start = ['--init', folder.file('one'), ...data, '--epochs', '3', '--batch-size', '30', '--backend', 'cpu']
    const { code, stderr } = await dclust(['run', 'p2ot', ...mlp, ...start, '--out', folder.file('started')])
    expect(code, stderr).toBe(0)
    const epochs = read('started/metrics.jsonl').trim().split('\n')
    for (const line of epochs) {
      const { mass, precision, coverage } = JSON.parse(line).logs
      for (const share of [mass, precision, coverage]) expect(share >= 0 && share <= 1 + 1e-6).toBe(true)
    }
    expect(read('started/report.html')).toContain('Precision of the pseudo-labels against their mass')
    const wrong = await dclust(['run', 'p2ot', ...start, '--out', folder.file('other-network')])
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toMatch(/checkpoint/)
  })

  it('first trains what a preset starts from, and stays at that', { timeout: 120_000 }, async () => {
    const few = ['--data', 'long-tail:optdigits', '--set', 'data.options.ratio=0.01']
    const small = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[8]}}', '--epochs', '1']
    const args = ['run', 'p2ot', ...few, ...small, '--backend', 'onnx', '--threads', '1', '--set', 'start.steps=1']
    const { code, stderr } = await dclust([...args, '--lr', '1e-12', '--out', folder.file('two-stages')])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('seed 0: first bootsc (preset digits, 10 epochs; --set start.epochs=n says otherwise)')
    expect(stderr).toContain('seed 0, start by bootsc: epoch 10/10')
    const checkpoints = ['seed-0-start-by-bootsc.safetensors', 'seed-0.safetensors']
    expect(readdirSync(folder.file('two-stages/checkpoints')).sort()).toEqual(checkpoints)
    const [first, own] = await Promise.all(
      checkpoints.map((name) => loadCheckpoint(folder.file(`two-stages/checkpoints/${name}`))),
    )
    const weight = ({ variables }: typeof own) => Array.from(variables['encoder.1.weight'].values)
    const [learned, kept] = [weight(first), weight(own)]
    expect(Math.max(...learned.map((value, i) => Math.abs(value - kept[i])))).toBeLessThan(1e-6)
  })

  it('draws the report of a finished run again', async () => {
    const before = read('one/report.html')
    writeFileSync(folder.file('one/report.html'), 'lost')
    const { stdout, code } = await dclust(['report', folder.file('one')])
    expect(code).toBe(0)
    expect(stdout.trim()).toBe(folder.file('one/report.html'))
    // echarts numbers its drawings through the life of the process.
    const plain = (page: string) => page.replace(/zr\d+/g, 'zr')
    expect(plain(read('one/report.html'))).toBe(plain(before))
  })
})
