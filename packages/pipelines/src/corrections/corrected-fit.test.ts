import { cpu, createRandom, initBackend, tf } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { beforeAll, describe, expect, it } from 'vitest'
import { fit } from '../fitting/fit'
import type { FitOptions } from '../fitting/fit-options'
import { load } from '../model/load'
import { assemble } from '../registry'
import { correctedOf } from './corrected'
import type { Corrections } from './schema'

/** Three groups of 20 rows in eight dimensions, the second and third near each other. */
const random = createRandom(3)
const centres = [
  [8, 0, 0],
  [0, 6, 2],
  [0, 5, 6],
]
const values = Float32Array.from({ length: 60 * 8 }, (_, at) => {
  const [row, column] = [Math.floor(at / 8), at % 8]
  return (centres[Math.floor(row / 20)][column] ?? 0) + 0.5 * random.normal()
})
const rows = memoryDataset({ name: 'groups', values, sampleShape: [8] })
const init = await fit(rows, { method: 'kmeans', k: 3 })
const of = await correctedOf(rows, init.labels, 3)
const [first, second, third] = [0, 20, 40].map((row) => init.labels[row])

const corrected = (given: Omit<Corrections, 'version' | 'of'>, more: Partial<FitOptions> = {}) =>
  fit(rows, { method: 'kmeans', init, corrections: { version: 1, of, ...given }, ...more })

beforeAll(() => initBackend([cpu.create({}, {})]))

describe('a corrected fit', () => {
  it('merges and names exactly, in the model too', async () => {
    const found = await corrected({
      merges: [{ clusters: [second, third], name: 'near' }],
      renames: [{ cluster: first, name: 'far' }],
    })
    const [near, far] = ['near', 'far'].map((name) => found.clusterNames!.indexOf(name))
    expect(found.k).toBe(2)
    expect([...found.labels]).toEqual(Array.from(init.labels, (label) => (label === first ? far : near)))
    expect(found.corrections).toMatchObject({ merges: { held: 1, of: 1 }, renames: { held: 1, of: 1 } })
    const again = await load(await found.toBytes())
    expect(await again.predict(rows)).toEqual(found.labels)
    expect(again.clusterNames).toEqual(found.clusterNames)
    // Names persist, and what was merged can be corrected again.
    const later = await fit(rows, {
      method: 'kmeans',
      init: again,
      corrections: {
        version: 1,
        of: await correctedOf(rows, found.labels, 2),
        renames: [{ cluster: near, name: 'both' }],
      },
    })
    expect([...later.clusterNames!].sort()).toEqual(['both', 'far'])
    expect(later.labels).toEqual(found.labels)
  })

  it('k-means: given rows steer the centroids, and prediction agrees with the labels', async () => {
    const moved = [40, 41, 42]
    const found = await corrected({ splits: [{ cluster: first, rows: [0, 1, 2, 3, 4], name: 'new' }], noise: [59] })
    expect(found.k).toBe(4)
    expect(found.clusterNames).toEqual([null, null, null, 'new'])
    expect(await found.predict(rows)).toEqual(found.labels)
    expect(found.corrections!.noise).toEqual({ held: 1, of: 1 })
    // Most of a cluster is given to another: its centroid moves, and the rows that were left follow.
    const labels = Array.from({ length: 18 }, (_, at) => ({ row: 22 + at, cluster: third }))
    const swapped = await corrected({ labels: [...labels, ...moved.map((row) => ({ row, cluster: second }))] })
    expect(swapped.labels[20]).toBe(third)
    expect(swapped.corrections!.labels.of).toBe(21)
  })

  it('consensus: what is said of rows holds, and spreads', async () => {
    const base = await fit(rows, { method: 'consensus', k: 3 })
    const own = await correctedOf(rows, base.labels, 3)
    const cluster = base.labels[0]
    const other = base.labels[20]
    const found = await fit(rows, {
      method: 'consensus',
      init: base,
      corrections: {
        version: 1,
        of: own,
        labels: [0, 1, 2, 3, 4, 5, 6, 7].map((row) => ({ row, cluster: other })),
        apart: [[30, 50]],
        together: [[40, 41]],
      },
    })
    expect(found.corrections).toMatchObject({
      labels: { held: 8, of: 8 },
      apart: { held: 1, of: 1 },
      together: { held: 1, of: 1 },
    })
    // Nobody spoke of these rows of the same group.
    expect(found.labels.slice(8, 20).filter((label) => label === other).length).toBeGreaterThan(6)
    expect(found.labels[50]).toBe(base.labels[50])
    expect(await found.predict(rows)).toEqual(found.labels)
    expect(cluster).not.toBe(other)
  })

  const small = { name: 'mlp', options: { widths: [16] } }
  const settings: Record<string, Partial<FitOptions>> = {
    bootsc: {
      preset: 'neighbours',
      options: {
        views: { name: 'neighbours', options: { neighbours: 5 } },
        projection: { name: 'projection', options: { hidden: 16, width: 8 } },
      },
    },
    otdc: { options: { backbone: { name: 'autoencoder', options: { widths: [16], code: 4 } }, pretrain: 200 } },
    sp2ot: { options: { backbone: small } },
  }
  it.each(Object.keys(settings))(
    '%s: clusters keep their numbers, and what is said of rows is learned',
    async (method) => {
      const before = tf.memory().numTensors
      const group = (row: number) => Math.floor(row / 20)
      const labels = [1, 2, 3, 21, 22, 23, 41, 42, 43].map((row) => ({
        row,
        cluster: [first, second, third][group(row)],
      }))
      const found = await corrected(
        { labels, renames: [{ cluster: second, name: 'two' }], noise: [0] },
        { method, labels: 'prototypes', training: { epochs: 40, batchSize: 20 }, ...settings[method] },
      )
      expect(tf.memory().numTensors).toBe(before)
      expect(found.k).toBe(3)
      expect(found.clusterNames![second]).toBe('two')
      const kept = found.labels.filter((label, row) => label === [first, second, third][group(row)]).length
      expect(kept).toBeGreaterThan(50)
      expect(found.corrections!.labels.held).toBeGreaterThan(6)
      expect(await found.predict(rows)).toEqual(found.labels)
    },
    60_000,
  )

  it('rows that are apart, and were in one cluster, are parted', async () => {
    const found = await corrected({ apart: [[20, 21]] }, { method: 'consensus' })
    expect(found.labels[20]).not.toBe(found.labels[21])
  })

  it.each([
    ['corrections without init', { init: undefined }, 'init: got undefined'],
    ['a number of clusters', { k: 3 }, 'k: got 3; allowed: nothing'],
    [
      'a method that goes by none',
      { method: 'spectral', noise: true },
      "method: got 'spectral'; allowed: one that goes by",
    ],
    ['another method for names alone', { method: 'consensus' }, "method: got 'consensus'; allowed: kmeans, as before"],
  ])('%s is refused', async (_, more: object, message) => {
    const { noise, ...options } = more as { noise?: boolean }
    const given = noise ? { noise: [1] } : { renames: [{ cluster: 0, name: 'a' }] }
    await expect(corrected(given, options as Partial<FitOptions>)).rejects.toThrow(message)
  })

  it('corrections of other rows or another clustering are refused', async () => {
    const others = memoryDataset({ name: 'others', values: values.map((value) => value + 1), sampleShape: [8] })
    const renames = [{ cluster: 0, name: 'a' }]
    const at = (data: typeof rows, changed: object) =>
      fit(data, { method: 'kmeans', init, corrections: { version: 1, of: { ...of, ...changed }, renames } })
    await expect(at(others, {})).rejects.toThrow('corrections.of.data')
    await expect(at(rows, { labels: 'b'.repeat(64) })).rejects.toThrow('corrections.of.labels')
    await expect(at(rows, { k: 4 })).rejects.toThrow('corrections.of.k')
    await expect(at(rows, { rows: 59 })).rejects.toThrow('corrections.of.rows')
  })

  it('methods say whether they go by corrections', () => {
    const registry = assemble()
    const takers = registry.list({ kind: 'pipeline' }).filter(({ traits }) => traits?.takesCorrections)
    expect(takers.map(({ name }) => name).sort()).toEqual([
      'bootsc',
      'consensus',
      'kmeans',
      'otdc',
      'p2ot',
      'pot',
      'sp2ot',
      'uot',
    ])
  })
})
