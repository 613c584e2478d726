import '@tensorflow/tfjs-backend-cpu'
import { type Assigner, createRandom, createRegistry, tf } from '@dc/core'
import { expectNoLeaks, testAssigner } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { p2ot } from '../problems/p2ot'
import { solve } from '../solvers/solve'
import { plugins } from '../tensor'
import { rhoAt } from './rho-schedule'
import { createSolveLog } from './solve-log'
import { wantsNeighbours } from './sp2ot'

const registry = createRegistry([plugins])
const random = createRandom(11)

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** A ring in which row i resembles its two successors. */
function ring(rows: number) {
  const offsets = Int32Array.from({ length: rows + 1 }, (_, i) => 2 * i)
  const indices = Int32Array.from({ length: 2 * rows }, (_, s) => ((s >> 1) + 1 + (s & 1)) % rows)
  return { rows, columns: rows, offsets, indices, values: new Float64Array(2 * rows).fill(0.5) }
}

function prepared(assigner: Assigner): Assigner {
  if (wantsNeighbours(assigner)) assigner.useNeighbours(ring(24))
  return assigner
}

const api = { describe, it }
testAssigner(api, 'sinkhorn-knopp', () => registry.create('assigner', 'sinkhorn-knopp'))
testAssigner(
  api,
  'sinkhorn-knopp diagonal',
  () => registry.create('assigner', 'sinkhorn-knopp', { mask: 'diagonal' }),
  [16, 16],
)
testAssigner(api, 'soft', () => registry.create('assigner', 'soft', { temperature: 0.3 }))
testAssigner(api, 'balanced', () => registry.create('assigner', 'balanced', { sizes: [1, 2, 3, 2, 2] }))
testAssigner(api, 'p2ot', () => registry.create('assigner', 'p2ot', { batches: 2 }))
testAssigner(api, 'sp2ot', () => prepared(registry.create('assigner', 'sp2ot', { batches: 2, weight: 20 })))

describe('balanced', () => {
  it('meets the given sizes', async () => {
    const scores = tf.tensor2d(random.normals(200), [50, 4])
    const targets = registry.create('assigner', 'balanced', { sizes: [4, 3, 2, 1], epsilon: 0.5 }).assign(scores)
    const sums = await targets.sum(0).array()
    for (const [j, size] of [20, 15, 10, 5].entries()) expect((sums as number[])[j]).toBeCloseTo(size, 3)
  })

  it('names a number of sizes that does not fit', () => {
    const assigner = registry.create('assigner', 'balanced', { sizes: [1, 1] })
    expect(() => assigner.assign(tf.ones([4, 3]))).toThrow(/scores has shape \[4, 3\]; expected 2 columns/)
  })
})

describe('p2ot', () => {
  const rho = { schedule: 'fixed', value: 0.4 } as const
  const batch = (n = 6) => tf.tensor2d(random.normals(n * 3, 0, 2), [n, 3])
  const costOf = (tensors: tf.Tensor2D[]) => tf.concat(tensors, 0).logSoftmax().neg().dataSync() as Float32Array

  it('solves over the last batches and gives the rows of the current one', async () => {
    const assigner = registry.create('assigner', 'p2ot', { rho, batches: 2, tolerance: 1e-11 })
    const batches = [batch(), batch(), batch()]
    let targets = tf.tensor2d([], [0, 3])
    for (const scores of batches) targets = await expectNoLeaks(() => assigner.assign(scores, { view: 0 }))
    const problem = p2ot({ cost: costOf(batches.slice(1)), rows: 12, columns: 3, rho: 0.4 })
    const expected = solve(problem, { tolerance: 1e-11 }).plan({ scale: 12, from: 6, to: 12 })
    const found = await targets.data()
    for (let i = 0; i < 18; i++) expect(found[i]).toBeCloseTo(expected[i], 5)
  })

  it('lets the second view overwrite the first', async () => {
    const assigner = registry.create('assigner', 'p2ot', { rho, batches: 2, tolerance: 1e-11 })
    const [first, second] = [batch(), batch()]
    assigner.assign(first, { view: 0 }).dispose()
    const found = await assigner.assign(second, { view: 1 }).data()
    const expected = solve(p2ot({ cost: costOf([second]), rows: 6, columns: 3, rho: 0.4 })).plan({ scale: 6 })
    for (let i = 0; i < 18; i++) expect(found[i]).toBeCloseTo(expected[i], 5)
  })

  it('gives the largest size of an estimated prior to the cluster predicted largest', async () => {
    const scores = tf.tensor2d(random.normals(120), [40, 3]).add(tf.tensor2d([[0, 2, 1]])) as tf.Tensor2D
    const fixed = { rho: { schedule: 'fixed', value: 1 } as const, gamma: 100 }
    const sums = async (options: object) =>
      (await registry
        .create('assigner', 'p2ot', { ...fixed, ...options })
        .assign(scores)
        .sum(0)
        .array()) as number[]
    const matched = await sums({ prior: [5, 10, 25], priorOrder: 'predicted' })
    const given = await sums({ prior: [5, 25, 10] })
    for (let j = 0; j < 3; j++) expect(matched[j]).toBeCloseTo(given[j], 4)
  })

  it('asks for what it needs', () => {
    const assigner = registry.create('assigner', 'p2ot')
    expect(() => assigner.assign(tf.ones([4, 3]))).toThrow(
      /context.progress: got undefined; allowed: a step and a number of steps/,
    )
    expect(() => registry.create('assigner', 'p2ot', { rho: { schedule: 'fixed', value: 0 } })).toThrow(/rho/)
    const fixed = registry.create('assigner', 'p2ot', { rho })
    expect(() => fixed.assign(tf.tensor2d([[Number.NaN, 1]]))).toThrow(/scores has values that are not finite in row 0/)
    fixed.assign(tf.ones([4, 3])).dispose()
    expect(() => fixed.assign(tf.ones([4, 2]))).toThrow(/3 columns, as the buffer holds/)
  })
})

describe('forbidden pairs', () => {
  const [x, nan] = [Number.NEGATIVE_INFINITY, Number.NaN]
  const scores = tf.tensor2d([
    [1, x, 0, 2],
    [0, 1, x, 0],
    [x, 2, 1, 0],
    [0, 1, 2, x],
  ])
  const rho = { schedule: 'fixed', value: 0.5 } as const
  const assigners: [string, object][] = [
    ['sinkhorn-knopp', {}],
    ['sinkhorn-knopp', { domain: 'kernel', epsilon: 0.5 }],
    ['soft', {}],
    ['balanced', { epsilon: 0.1 }],
    ['p2ot', { rho }],
    ['sp2ot', { rho, weight: 5 }],
  ]
  for (const [name, options] of assigners)
    it(`${name} ${Object.keys(options)[0] ?? ''} leaves them empty, and refuses rows of nothing else`, async () => {
      const make = () => {
        const assigner = registry.create('assigner', name as 'soft', options)
        if (wantsNeighbours(assigner)) assigner.useNeighbours(ring(4))
        return assigner
      }
      const context = { rows: Int32Array.of(0, 1, 2, 3) }
      const targets = await make().assign(scores, context).array()
      const given = await scores.array()
      for (const [i, row] of targets.entries())
        for (const [j, target] of row.entries()) {
          expect(Number.isFinite(target)).toBe(true)
          if (given[i][j] === x) expect(target).toBe(0)
        }
      expect(targets.flat().reduce((sum, t) => sum + t, 0)).toBeCloseTo('rho' in options ? 2 : 4, 4)
      const closed = tf.tensor2d([[x, x, x, x], ...given.slice(1)])
      expect(() => make().assign(closed, context)).toThrow(/row 0/i)
      expect(() => make().assign(tf.tensor2d([[nan, 0, 0, 0], ...given.slice(1)]), context)).toThrow(/row 0/)
      expect(() => make().assign(tf.tensor2d([[-x, 0, 0, 0], ...given.slice(1)]), context)).toThrow(/row 0/)
    })
})

describe('what went wrong', () => {
  const solved = { mass: 0.4, error: 1e-12, converged: true }

  it('is counted until it is asked for, and kept in the state', () => {
    const log = createSolveLog()
    log.note(solved, 0.4, 1e-9)
    for (let i = 0; i < 3; i++) log.note({ ...solved, converged: false, error: 1e-5 }, 0.4, 1e-9)
    const state = log.state()
    expect([log.epochLogs(), log.epochLogs()]).toEqual([{ unconverged: 3 }, { unconverged: 0 }])
    const other = createSolveLog(true)
    other.restore(state)
    other.note({ ...solved, settled: false }, 0.4, 1e-9)
    expect(other.epochLogs()).toEqual({ unconverged: 3, unsettled: 1 })
    // A checkpoint of an earlier version has no counts.
    other.restore({})
    expect(other.epochLogs()).toEqual({ unconverged: 0, unsettled: 0 })
    tf.dispose(state)
  })

  it('is an error where the mass is another than was asked for', () => {
    const log = createSolveLog()
    for (const mass of [4e-50, 0, 0.39, 0.41, Number.NaN, Infinity])
      expect(() => log.note({ ...solved, mass, converged: false }, 0.4, 1e-9)).toThrow(
        /The targets have mass .*, not 0.4/,
      )
    // A plan as good as its tolerance is what was asked for.
    log.note({ ...solved, mass: 0.39, error: 0.03 }, 0.4, 0.05)
  })

  it('shows in the logs of assigners', async () => {
    const scores = tf.tensor2d(random.normals(120, 0, 3), [30, 4])
    for (const name of ['balanced', 'p2ot'] as const) {
      const rho = { schedule: 'fixed', value: 0.3 } as const
      const options = { tolerance: 1e-300, epsilon: 0.1, ...(name === 'p2ot' && { rho }) }
      const assigner = registry.create('assigner', name, options)
      for (let i = 0; i < 3; i++) assigner.assign(tf.tensor2d(random.normals(120, 0, 3), [30, 4])).dispose()
      expect((await assigner.epochLogs?.())?.unconverged).toBeGreaterThan(0)
      const good = registry.create('assigner', name, { ...options, tolerance: 1e-9 })
      good.assign(scores).dispose()
      expect(await good.epochLogs?.()).toEqual({ unconverged: 0 })
    }
  })
})

describe('pseudo-labels', () => {
  it('are those that each row was given last, also after a state was restored', async () => {
    const rho = { schedule: 'fixed', value: 0.5 } as const
    const make = () => registry.create('assigner', 'p2ot', { rho, batches: 1 })
    const one = make()
    const batches = [Int32Array.of(3, 5, 7, 9), Int32Array.of(5, 9, 1, 2)]
    const expected = new Map<number, [label: number, weight: number]>()
    for (const rows of batches) {
      const targets = await one.assign(tf.tensor2d(random.normals(12), [4, 3]), { rows, view: 0 }).array()
      rows.forEach((row, i) => {
        const weight = targets[i].reduce((a, b) => a + b)
        expected.set(row, [targets[i].indexOf(Math.max(...targets[i])), weight])
      })
    }
    const two = make()
    const state = one.state?.() ?? {}
    two.restore?.(state)
    tf.dispose(state)
    for (const assigner of [one, two]) {
      const { rows, labels, weights } = await assigner.pseudoLabels!()
      expect([...rows].sort()).toEqual([1, 2, 3, 5, 7, 9])
      rows.forEach((row, at) => {
        expect(labels[at]).toBe(expected.get(row)![0])
        expect(weights[at]).toBeCloseTo(expected.get(row)![1], 6)
      })
    }
    const anonymous = make()
    anonymous.assign(tf.ones([4, 3])).dispose()
    expect((await anonymous.pseudoLabels?.())?.rows.length).toBe(0)
  })
})

describe('sp2ot', () => {
  it('asks for neighbours and row numbers', () => {
    const assigner = registry.create('assigner', 'sp2ot', { rho: { schedule: 'fixed', value: 0.5 } })
    expect(() => assigner.assign(tf.ones([2, 2]), { rows: Int32Array.of(0, 1) })).toThrow(/useNeighbours/)
    expect(() => prepared(assigner).assign(tf.ones([2, 2]))).toThrow(/context.rows has shape/)
  })

  it('pulls neighbours together', async () => {
    const scores = tf.tensor2d(createRandom(12).normals(48), [24, 2])
    const agreement = async (weight: number) => {
      const options = { rho: { schedule: 'fixed', value: 0.8 } as const, weight }
      const rows = Int32Array.from({ length: 24 }, (_, i) => i)
      const q = prepared(registry.create('assigner', 'sp2ot', options)).assign(scores, { rows })
      return (
        await tf
          .mul(q.slice([0, 0], [23, 2]), q.slice([1, 0], [23, 2]))
          .sum()
          .data()
      )[0]
    }
    expect(await agreement(50)).toBeGreaterThan(1.2 * (await agreement(0)))
  })
})

describe('rho schedules', () => {
  it('follow their formulas', () => {
    const sigmoid = { schedule: 'sigmoid', start: 0.1, end: 1 } as const
    expect(rhoAt(sigmoid, { step: 30, steps: 100 })).toBeCloseTo(0.1 + 0.9 * Math.exp(-5 * 0.49), 12)
    expect(rhoAt(sigmoid, { step: 100, steps: 100 })).toBe(1)
    expect(rhoAt({ schedule: 'linear', start: 0.2, end: 0.6 }, { step: 1, steps: 4 })).toBeCloseTo(0.3, 12)
    expect(rhoAt({ schedule: 'fixed', value: 0.7 })).toBe(0.7)
  })
})
