import { createRandom } from '@dc/core'
import { colour } from '@dc/explore/parts'
import { certainty, heldPlaces } from '@dc/pipelines'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { alignRun } from './alignment'
import { layOut } from './map2d'
import { duration, meanAndDeviation, scoreText } from './numbers'
import * as whole from './page'
import { clusterSamples } from './samples'
import { example, labels, n, truth, values } from './testing/example-run'
import { markupOf } from './testing/markup'

/** What is written in a report, without its script. */
const renderReport = async (...of: Parameters<typeof whole.renderReport>) => markupOf(await whole.renderReport(...of))

describe('the page', () => {
  it('escapes whatever the data bring', async () => {
    const { run, dataset } = example()
    const page = await renderReport(run, dataset)
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;script>alert(1)&lt;/script>')
    expect(page).toContain('24 images in 4 clusters, 87.5\u00a0% of them right')
  })

  it('breaks no line within a flag, whatever is around it', async () => {
    const { run, dataset } = example()
    const message = 'a--b is none; --batch-size 200, or --k'
    const page = await renderReport({ ...run, warnings: [{ code: 'steps', message }] }, dataset)
    const whole = (flag: string) => `<span class="flag">${flag}</span>`
    expect(page).toContain(`<li>a--b is none; ${whole('--batch-size')} 200, or ${whole('--k')}</li>`)
  })

  it('says when a method saw the labels', async () => {
    const { run, dataset } = example()
    expect(await renderReport(run, dataset)).toContain('No label was used for training')
    const page = await renderReport({ ...run, supervised: true }, dataset)
    expect(page).toContain('trains with the true labels')
    expect(page).not.toContain('never saw')
  })

  it('shows every seed beside the mean', async () => {
    const { run, dataset } = example()
    const seeds = [run.seeds[0], { ...run.seeds[0], seed: 4, acc: 0.625 }]
    const page = await renderReport({ ...run, seeds }, dataset)
    expect(page).toContain('75.0\u00a0% of them right')
    expect(page).toContain('mean ± sd of 2 seeds')
    expect(page).toContain('0.750<small> ± 0.177</small>')
    // The mean, each seed, then the others.
    const [, tried] = page.split('<h2>What was tried</h2>')
    expect([...tried.matchAll(/<th scope="row">(.*?)</g)].slice(0, 5).map(([, name]) => name)).toEqual([
      'bootsc',
      'seed 0 (shown)',
      'seed 4',
      'k-means',
      'spectral clustering',
    ])
  })

  it('has a collapse, and clusters that died, in its headline', async () => {
    const { run, dataset } = example({ labels: undefined })
    const seed = run.seeds[0]
    const of = async (sizes: number[]) =>
      (await renderReport({ ...run, seeds: [{ ...seed, acc: undefined, sizes }] }, dataset)).match(/<h1>(.*?)<.h1>/)![1]
    expect(await of([24, 0, 0, 0])).toBe('Collapsed: all 24 rows are in one of 4 clusters')
    expect(await of([12, 12, 0, 0])).toBe('24 images in 2 clusters (2 of 4 are empty)')
    expect(await of([8, 7, 6, 3])).toBe('24 images in 4 clusters')
  })

  it('shows what a person would point out', async () => {
    const { run, dataset } = example()
    expect(await renderReport(run, dataset)).not.toContain('class="warnings"')
    const warnings = [{ code: 'loss-unmoved', message: 'The loss never moved & <more>.' }]
    const page = await renderReport({ ...run, warnings }, dataset)
    expect(page).toContain('<h2>A warning</h2>')
    expect(page).toContain('The loss never moved &amp; &lt;more>.')
  })

  it('tells what training went through, and what was set otherwise than in the last run', async () => {
    const { run, dataset } = example()
    const plain = await renderReport(run, dataset)
    expect(plain).not.toContain('Before the first epoch')
    expect(plain).not.toContain('What was set')
    const before = [{ phase: 'reconstruction', seconds: 12.3 }]
    const marks = [{ epoch: 2, what: 'the learning rate restarts' as const }]
    const last = {
      name: 'run-<1>',
      finishedAt: '2026-01-30T08:00:00.000Z',
      differences: [{ path: 'training.epochs', before: 7, value: undefined }],
    }
    const page = await renderReport({ ...run, phases: { 0: { before, marks } }, last }, dataset)
    expect(page).toContain('Before the first epoch: reconstruction (12 s).')
    expect(page).toMatch(/the learning rate restarts: epoch\s+2</)
    // An upright line in each curve.
    const dashed = (text: string) => text.match(/stroke-dasharray/g)?.length ?? 0
    expect(dashed(page) - dashed(plain)).toBe(1)
    expect(page).toContain(
      '<summary>1 setting differs from the last run on the same rows, run-&lt;1>, of 2026-01-30 08:00 UTC</summary>',
    )
    expect(page).toMatch(/training\.epochs<\/code><\/td><td class="left">7<\/td><td class="left">–</)
    const same = await renderReport({ ...run, last: { ...last, differences: [] } }, dataset)
    expect(same).toContain('No setting differs from the last run on the same rows')
  })

  it('has every baseline beside the method, and how alike their labels are', async () => {
    const { run, dataset } = example()
    const page = await renderReport(run, dataset)
    expect(page).toContain(run.verdict)
    for (const name of ['k-means', 'spectral clustering'])
      expect(page.split(`<th scope="row">${name}`)).toHaveLength(1 + 3)
    expect(page).toContain('Agreement of the labels (ARI)')
  })

  it('calls no cluster by a class that is a small part of it, and tells the share of the others', async () => {
    // Cluster 2 has three rows each of the classes of clusters 0 and 1, and a single one of class c, which is nowhere else.
    let nth = 0
    const truth = labels.map((cluster) => (cluster === 2 ? [0, 0, 0, 1, 1, 1, 2][nth++] : cluster))
    const { run, dataset } = example({ labels: truth, classNames: [...'abcd'] })
    const { name, purity } = alignRun(run)
    // Of the two commonest ones the first.
    expect([0, 2].map((cluster) => purity.get(cluster))).toEqual(['100\u00a0% “a”', '43\u00a0% “a”'])
    expect([0, 1, 2, 3].map((cluster) => name.get(cluster))).toEqual(['“a”', '“b”', 'cluster 2', '“d”'])
    expect(await renderReport(run, dataset)).toContain('6 in it, 43\u00a0% “a”')
    expect(await renderReport(run, dataset)).toMatch(/in it, \d+\u00a0% “[a-f]”/)
  })

  it('shows the contact sheet', async () => {
    const { run, dataset } = example()
    expect(await renderReport(run, dataset)).not.toContain('What the network was shown')
    expect(await renderReport(run, dataset, Uint8Array.of(1, 2, 3))).toContain('src="data:image/png;base64,AQID"')
  })

  it('does without labels and without pictures', async () => {
    const { run, dataset } = example({ labels: undefined, image: undefined })
    const { acc: _, nmi: __, ari: ___, ...kmeans } = run.baselines.kmeans
    const page = await renderReport(
      { ...run, baselines: { kmeans }, seeds: [{ ...run.seeds[0], acc: undefined }] },
      dataset,
    )
    expect(page).toContain('24 rows in 4 clusters<')
    expect(page).toContain('silhouette')
    expect(page).not.toContain('<img')
    expect(page).not.toContain('Where classes went')
  })
})

describe('alignRun', () => {
  it('calls a cluster by its class and gives it its colour; spare clusters come last', () => {
    const { order, colour: entry, name, confusion } = alignRun(example().run)
    expect(order).toEqual([1, 2, 0, 3])
    expect([entry.get(1), entry.get(2), entry.get(0), entry.get(3)]).toEqual([0, 1, 2, 3])
    expect(name.get(2)).toBe('“b & c”')
    expect(name.get(3)).toBe('cluster 3')
    expect(confusion!.classOf.get(0)).toBe(2)
  })
})

describe('certainty', () => {
  it('is 1 at the centre, 0 half-way, negative beyond', async () => {
    const line = Float32Array.of(0, 0, 0, 10, 10, 10, 5, 8)
    const found = await certainty(heldPlaces(line, 1), Int32Array.of(0, 0, 0, 1, 1, 1, 1, 0), 2)
    // Centres: (0+0+0+8)/4 = 2 and (10+10+10+5)/4 = 8.75.
    expect(found[0]).toBeCloseTo((8.75 - 2) / 8.75, 5)
    expect(found[6]).toBeCloseTo((3 - 3.75) / 3.75, 5)
    expect(found[7]).toBeLessThan(0)
    expect([...(await certainty(heldPlaces(line, 1), new Int32Array(8), 1))]).toEqual(Array(8).fill(1))
  })
})

describe('clusterSamples', () => {
  it('draws the most and the least certain rows as they are', async () => {
    const { run, dataset } = example()
    const samples = await clusterSamples(run, dataset, { typical: 2, uncertain: 1 })
    expect(samples.map(({ typical, uncertain }) => [typical.length, uncertain.length])).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
      [2, 1],
    ])
    const best = samples[0].typical[0]
    expect(labels[best.row]).toBe(0)
    const sure = (row: number) => run.shown.certainty[row]
    expect(sure(best.row)).toBe(Math.max(...[...labels.keys()].filter((row) => labels[row] === 0).map(sure)))
    expect(sure(samples[0].uncertain[0].row)).toBeLessThanOrEqual(sure(best.row))
    const png = PNG.sync.read(Buffer.from(best.source!.split(',')[1], 'base64'))
    expect([png.width, png.height]).toEqual([2, 2])
    for (let pixel = 0; pixel < 4; pixel++)
      expect(png.data[4 * pixel]).toBe(Math.min(255, Math.round((255 * values[4 * best.row + pixel]) / 2)))
  })
})

describe('a report of very many clusters', () => {
  it('shows pictures of some, and says so', async () => {
    const k = 80
    const { run, dataset } = example()
    const many = { ...run, k, seeds: [{ ...run.seeds[0], sizes: Array(k).fill(1) }] }
    expect(await renderReport(many, dataset)).toContain('The first 60 of 80 clusters.')
    const [{ typical, uncertain }] = await clusterSamples(many, dataset)
    expect([typical.length, uncertain.length]).toEqual([3, 3])
  })
})

describe('layOut', () => {
  it('keeps neighbours together, from a seed', async () => {
    const { map } = await layOut(heldPlaces(values, 4), n, 7)
    expect([...map]).toEqual([...(await layOut(heldPlaces(values, 4), n, 7)).map])
    expect(Math.min(...map)).toBe(0)
    expect(Math.max(...map)).toBe(1)
    const far = (a: number, b: number) => Math.hypot(map[2 * a] - map[2 * b], map[2 * a + 1] - map[2 * b + 1])
    const nearest = (row: number) =>
      [...truth.keys()]
        .filter((other) => other !== row)
        .reduce((best, other) => (far(row, other) < far(row, best) ? other : best), row === 0 ? 1 : 0)
    const kept = [...truth.keys()].filter((row) => truth[nearest(row)] === truth[row])
    expect(kept.length).toBeGreaterThan(0.8 * n)
  })
  it('places the rows that are not laid out among those that are', async () => {
    const many = 3000
    const random = createRandom(2)
    const island = (row: number) => row % 3
    const points = Float32Array.from(
      { length: 4 * many },
      (_, at) => (at % 4 === island(Math.floor(at / 4)) ? 9 : 0) + 0.2 * random.normal(),
    )
    const { map, method } = await layOut(heldPlaces(points, 4), many, 0)
    expect(method).toBe(
      'UMAP of 2500 rows drawn at random, 30 neighbours; 500 others lie where their nearest of these do',
    )
    expect(map.every((value) => value >= 0 && value <= 1)).toBe(true)
    const middles = [0, 1, 2].map((own) => {
      const rows = Array.from({ length: many / 3 }, (_, at) => 3 * at + own)
      return [0, 1].map((axis) => rows.reduce((sum, row) => sum + map[2 * row + axis], 0) / rows.length)
    })
    const far = (row: number, [x, y]: number[]) => Math.hypot(map[2 * row] - x, map[2 * row + 1] - y)
    const astray = Array.from({ length: many }, (_, row) => row).filter((row) =>
      middles.some((middle, other) => other !== island(row) && far(row, middle) < far(row, middles[island(row)])),
    )
    expect(astray).toEqual([])
  })

  it('places a handful of rows, and rows of one number', async () => {
    // One number: both coordinates are as they fall.
    const { map } = await layOut(heldPlaces(Float32Array.of(1, 2, 3), 1), 3, 0)
    expect([map[0], map[2], map[4]]).toEqual([0, 0.5, 1])
  })
})

describe('numbers', () => {
  it('are short', () => {
    expect([duration(0.0123), duration(8.31), duration(42), duration(72), duration(7500)]).toEqual([
      '12 ms',
      '8.3 s',
      '42 s',
      '1 min 12 s',
      '2 h 5 min',
    ])
    expect(scoreText([0.9, 0.8])).toBe('0.850 ± 0.071')
    expect(scoreText([undefined, null])).toBe('–')
    expect(meanAndDeviation([1, 3])).toEqual({ mean: 2, deviation: Math.SQRT2 })
  })
  it('twenty colours are all different', () =>
    expect(new Set(Array.from({ length: 20 }, (_, index) => colour(index))).size).toBe(20))
})
