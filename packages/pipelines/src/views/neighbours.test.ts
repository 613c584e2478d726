import { cpu, createRandom, InterruptedError, initBackend, tf } from '@dc/core'
import { testAugmentation } from '@dc/core/testing'
import { memoryDataset } from '@dc/data/rows'
import * as api from 'vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { neighbourViews } from './neighbours'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

/** Directions on a circle: the neighbours of row i are i ± 1, ± 2, … */
const n = 12
const angles = Float32Array.from({ length: 2 * n }, (_, at) => {
  const angle = (2 * Math.PI * (at >> 1)) / n
  // Lengths differ; only directions count.
  return (1 + (at >> 1)) * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
})
const circle = memoryDataset({ name: 'circle', values: angles, sampleShape: [2] })
const rowOf = (values: ArrayLike<number>, row: number) => [values[2 * row], values[2 * row + 1]]
const batchOf = async (rows: number[]) => ({
  rows: Int32Array.from(rows),
  values: await circle.read(rows),
  sampleShape: [2],
})
const options = { neighbours: 2, mix: 1, mutual: false, both: false }

testAugmentation(api, 'neighbours', () => neighbourViews(options), [2])

describe('views from neighbours', () => {
  it('are a row and one of its nearest by direction, another one each time', async () => {
    const views = neighbourViews(options)
    await views.prepare?.(circle)
    const batch = await batchOf([0, 5])
    const drawn = new Set<number>()
    for (let seed = 0; seed < 20; seed++) {
      const [row, neighbour] = views.apply(batch, createRandom(seed))
      expect([...row.dataSync()]).toEqual([...batch.values])
      const found = neighbour.dataSync()
      for (const [at, own] of [0, 5].entries()) {
        const other = [(own + 1) % n, (own + n - 1) % n].find(
          (near) => rowOf(angles, near).join() === rowOf(found, at).join(),
        )
        expect(other).toBeDefined()
        drawn.add(other!)
      }
      tf.dispose([row, neighbour])
    }
    expect([...drawn].sort((a, b) => a - b)).toEqual([1, 4, 6, 11])
  })

  it('may lie on the way, and may both be drawn', async () => {
    const views = neighbourViews({ ...options, mix: 0.25, both: true })
    await views.prepare?.(circle)
    const [first, second] = views.apply(await batchOf([3]), createRandom(1))
    const own = rowOf(angles, 3)
    for (const view of [first, second]) {
      const found = [...view.dataSync()]
      const fits = [2, 4].some((near) =>
        rowOf(angles, near).every((value, c) => Math.abs(own[c] + 0.25 * (value - own[c]) - found[c]) < 1e-5),
      )
      expect(fits).toBe(true)
    }
    tf.dispose([first, second])
  })

  it('are mutual if that is asked for: a row that is nobody’s neighbour stays itself', async () => {
    // The last row is far off in direction, and nobody's neighbour.
    const values = Float32Array.from([1, 0, 1, 0.01, 1, 0.02, 1, 0.03, -1, 1])
    const dataset = memoryDataset({ name: 'outlier', values, sampleShape: [2] })
    const batch = { rows: Int32Array.of(4), values: values.slice(8), sampleShape: [2] }
    for (const [mutual, itself] of [
      [true, true],
      [false, false],
    ]) {
      const views = neighbourViews({ ...options, mutual })
      await views.prepare?.(dataset)
      const [row, neighbour] = views.apply(batch, createRandom(0))
      expect([...neighbour.dataSync()].join() === [...row.dataSync()].join()).toBe(itself)
      tf.dispose([row, neighbour])
    }
  })

  it('take what there is of few rows', async () => {
    for (const size of [1, 2, 3]) {
      const views = neighbourViews({ ...options, neighbours: 20 })
      const values = angles.slice(0, 2 * size)
      await views.prepare?.(memoryDataset({ name: 'few', values, sampleShape: [2] }))
      const drawn = views.apply(
        { rows: Int32Array.of(0), values: values.slice(0, 2), sampleShape: [2] },
        createRandom(0),
      )
      expect(drawn).toHaveLength(2)
      tf.dispose(drawn)
    }
  })

  it('are the same of data that are not held: the caller reads what they need', async () => {
    for (const both of [false, true]) {
      const held = neighbourViews({ ...options, mix: 0.5, both })
      const read = neighbourViews({ ...options, mix: 0.5, both, most: 23 })
      await held.prepare?.(circle)
      await read.prepare?.(circle)
      const rows = [0, 5, 11]
      const batch = await batchOf(rows)
      for (let seed = 0; seed < 5; seed++) {
        const random = () => createRandom(seed)
        expect(held.beside?.(batch.rows, random())).toBeNull()
        const others = read.beside?.(batch.rows, random())
        expect(others).toHaveLength(both ? 6 : 3)
        const beside = await circle.read(others!)
        const [expected, found] = [held.apply(batch, random()), read.apply({ ...batch, beside }, random())]
        for (const [at, view] of found.entries()) expect(view.dataSync()).toEqual(expected[at].dataSync())
        tf.dispose([...expected, ...found])
      }
      // A look at the views reads nothing beside.
      const look = read.apply(batch, createRandom(0))
      expect([...look[1].dataSync()]).toEqual([...batch.values])
      tf.dispose(look)
    }
  })

  it('are the same made where the data set lies', async () => {
    for (const [both, mix] of [
      [false, 1],
      [true, 1],
      [false, 0.5],
      [true, 0.25],
    ] as const) {
      const views = neighbourViews({ ...options, mix, both })
      await views.prepare?.(circle)
      const batch = await batchOf([4, 11, 0, 4])
      const expected = views.apply(batch, createRandom(8))
      const found = tf.tidy(() => {
        const held = views.resident!.hold(tf.tensor2d(angles, [n, 2]), createRandom(0))
        return views.resident!.make(held, views.resident!.draw(batch, createRandom(8)))
      })
      for (const [at, view] of found.entries())
        for (const [i, value] of view.dataSync().entries()) expect(value).toBeCloseTo(expected[at].dataSync()[i], 5)
      tf.dispose([...expected, ...found])
    }
  })

  it('end when they are asked to', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(neighbourViews(options).prepare?.(circle, { signal: stop.signal })).rejects.toThrow(InterruptedError)
  })
})
