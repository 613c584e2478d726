// The device solver beside the float64 solver of the host, on the problems of the reference answers.
import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Assigner, createRandom, createRegistry, type SparseRows, tf } from '@dc/core'
import { expectNoLeaks, testAssigner } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { plugins } from '../../tensor'
import { rhoAt } from '../rho-schedule'
import { wantsNeighbours } from '../sp2ot'
import { createErrorLog } from './error-log'
import { remainingShare, rhoOnDevice } from './rho-on-device'

beforeAll(async () => {
  await tf.setBackend('cpu')
})
const registry = createRegistry([plugins])
const oracle = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../../../tests/fixtures/oracles/${name}.json`, import.meta.url)), 'utf8'),
  )

/** The largest difference of two rows: the sum over their entries, as a share of a row's mass. */
async function worstRow(found: tf.Tensor2D, expected: tf.Tensor2D): Promise<number> {
  return (await found.sub(expected).abs().sum(1).max().data())[0]
}

/** Dense S as sparse rows. */
function sparse({ data, shape: [rows] }: { data: readonly number[]; shape: readonly number[] }): SparseRows {
  const entries = data.flatMap((value, at) => (value === 0 ? [] : [{ value, at }]))
  const offsets = Int32Array.from({ length: rows + 1 }, (_, row) => entries.filter(({ at }) => at < row * rows).length)
  return {
    ...{ rows, columns: rows, offsets },
    indices: Int32Array.from(entries, ({ at }) => at % rows),
    values: Float64Array.from(entries, ({ value }) => value),
  }
}

const ring = (rows: number): SparseRows => ({
  ...{ rows, columns: rows },
  offsets: Int32Array.from({ length: rows + 1 }, (_, i) => 2 * i),
  indices: Int32Array.from({ length: 2 * rows }, (_, s) => ((s >> 1) + 1 + (s & 1)) % rows),
  values: new Float64Array(2 * rows).fill(0.5),
})

function prepared(assigner: Assigner, rows = 24, columns = 5): Assigner {
  assigner.prepare?.({ rows, columns })
  if (wantsNeighbours(assigner)) assigner.useNeighbours(ring(rows))
  return assigner
}

const solver = 'device' as const
/** As many rounds on both sides, and no end before. */
const atRest = { weight: 10, rounds: 60, objectiveTolerance: 0 }
const quick = { solver, batches: 2, weight: 20, deviceMajorisations: 4 }
const api = { describe, it }
testAssigner(api, 'balanced on the device', () =>
  registry.create('assigner', 'balanced', { solver, sizes: [1, 2, 3, 2, 2] }),
)
testAssigner(api, 'p2ot on the device', () => registry.create('assigner', 'p2ot', { solver, batches: 2 }))
testAssigner(api, 'p2ot on the device, prepared', () =>
  prepared(registry.create('assigner', 'p2ot', { solver, batches: 2 })),
)
testAssigner(api, 'sp2ot on the device', () => prepared(registry.create('assigner', 'sp2ot', quick)))

describe('within 1e-4 of a row’s mass of the host', () => {
  const rho = (value: number) => ({ schedule: 'fixed', value }) as const

  it.each(['1e_1', '1e_2'])('balanced, ε = %s', async (key) => {
    const { M, b } = oracle('pot_balanced')
    const scores = tf.tensor2d(M.data, M.shape).neg() as tf.Tensor2D
    const options = { epsilon: Number(key.replace('_', '-')), sizes: b.data, deviceRounds: 100 }
    const [host, device] = (['host', 'device'] as const).map((solver) =>
      registry.create('assigner', 'balanced', { ...options, solver }).assign(scores),
    )
    expect(await worstRow(device, host)).toBeLessThan(1e-4)
  })

  it.each(['0.1', '0.5', '0.9', '1.0'])('p2ot, ρ = %s, at the first step and later', async (name) => {
    const { logits, epsilon, gamma, plan_times_n: published, ...told } = oracle(`p2ot_rho${name}`)
    const scores = tf.tensor2d(logits.data, logits.shape)
    const options = { epsilon, gamma, rho: rho(told.rho), batches: 2 }
    const [host, device] = (['host', 'device'] as const).map((solver) =>
      registry.create('assigner', 'p2ot', { ...options, solver }),
    )
    const first = device.assign(scores)
    expect(await worstRow(first, host.assign(scores))).toBeLessThan(1e-4)
    expect(await worstRow(first, tf.tensor2d(published.data, published.shape))).toBeLessThan(1e-4)
    const other = scores.add(tf.randomNormal(scores.shape, 0, 1, 'float32', 3)) as tf.Tensor2D
    expect(await worstRow(device.assign(other), host.assign(other))).toBeLessThan(1e-4)
    const logs = (await device.epochLogs?.()) ?? {}
    expect(logs.unconverged).toBe(0)
    expect(logs.transportError).toBeLessThan(1e-4)
  })

  it.each(['0.2', '0.7'])('sp2ot, ρ = %s', { timeout: 60_000 }, async (name) => {
    const { logits, S, epsilon, gamma, mm_factor: weight, q_times_n: published, ...told } = oracle(`sp2ot_rho${name}`)
    const scores = tf.tensor2d(logits.data, logits.shape)
    const [n] = scores.shape
    const options = { epsilon, gamma, weight, rho: rho(told.rho), batches: 1, objectiveTolerance: 0, solver }
    const assigner = registry.create('assigner', 'sp2ot', options)
    if (wantsNeighbours(assigner)) assigner.useNeighbours(sparse(S))
    const found = assigner.assign(scores, { rows: Int32Array.from({ length: n }, (_, row) => row) })
    expect(await worstRow(found, tf.tensor2d(published.data, published.shape))).toBeLessThan(1e-4)
    // At ρ = 0.2 the rounds end in a circle of two plans, of which the published one is the even one.
    expect(await assigner.epochLogs?.()).toMatchObject({ unconverged: 0, unsettled: name === '0.2' ? 1 : 0 })
  })

  it('the sizes in the order of the predictions', async () => {
    const random = createRandom(5)
    const scores = tf.tensor2d(random.normals(120), [40, 3]).add(tf.tensor2d([[0, 2, 1]])) as tf.Tensor2D
    const options = { rho: rho(0.6), prior: [5, 10, 25], priorOrder: 'predicted' as const }
    const [host, device] = (['host', 'device'] as const).map((solver) =>
      registry.create('assigner', 'p2ot', { ...options, solver }).assign(scores),
    )
    expect(await worstRow(device, host)).toBeLessThan(1e-4)
  })

  it.each(['p2ot', 'sp2ot'] as const)('%s over batches of other lengths, in which rows come again', async (name) => {
    const random = createRandom(6)
    const rows = [
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9],
      [3, 1, 10, 11, 6, 0],
    ].map((numbers) => Int32Array.from(numbers))
    const options = { rho: rho(0.5), batches: 2, ...(name === 'sp2ot' && atRest) }
    const [host, device] = (['host', 'device'] as const).map((solver) =>
      prepared(registry.create('assigner', name, { ...options, solver }) as Assigner, 12, 3),
    )
    for (const numbers of rows)
      for (const view of [0, 1]) {
        const scores = tf.tensor2d(random.normals(numbers.length * 3, 0, 2), [numbers.length, 3])
        const context = { rows: numbers, view }
        expect(await worstRow(device.assign(scores, context), host.assign(scores, context))).toBeLessThan(1e-4)
      }
    const [expected, found] = [await host.pseudoLabels!(), await device.pseudoLabels!()]
    const labels = ({ rows, labels }: typeof found) => Object.fromEntries([...rows].map((row, i) => [row, labels[i]]))
    expect(labels(found)).toEqual(labels(expected))
  })
})

describe('what the device solver keeps', () => {
  const make = (solver: 'host' | 'device', name: 'p2ot' | 'sp2ot') => {
    const options = { rho: { schedule: 'fixed', value: 0.5 }, batches: 2, solver } as const
    return prepared(registry.create('assigner', name, name === 'sp2ot' ? { ...options, ...atRest } : options), 12, 3)
  }
  it.each([
    ['host', 'device'],
    ['device', 'host'],
  ] as const)('goes over from %s to %s: buffer and pseudo-labels', async (from, to) => {
    for (const name of ['p2ot', 'sp2ot'] as const) {
      const random = createRandom(7)
      const [one, two] = [make(from, name), make(to, name)]
      const batch = (rows: number[]) => {
        const scores = tf.tensor2d(random.normals(rows.length * 3, 0, 2), [rows.length, 3])
        return [scores, { rows: Int32Array.from(rows), view: 0 }] as const
      }
      for (const rows of [
        [0, 1, 2, 3],
        [4, 5, 6],
        [7, 8, 0, 2],
      ])
        one.assign(...batch(rows)).dispose()
      const state = one.state?.() ?? {}
      two.restore?.(state)
      const labels = async ({ pseudoLabels }: Assigner) => {
        const { rows, labels } = await pseudoLabels!()
        return Object.fromEntries([...rows].map((row, i) => [row, labels[i]]))
      }
      expect(await labels(two)).toEqual(await labels(one))
      const next = batch([9, 10, 11, 1])
      expect(await worstRow(two.assign(...next), one.assign(...next))).toBeLessThan(1e-4)
    }
  })

  it('is freed with it, and no call leaves tensors behind', async () => {
    const before = tf.memory().numTensors
    const assigner = make('device', 'sp2ot')
    const context = { rows: Int32Array.of(0, 1, 2, 3), view: 0 }
    const scores = tf.ones<tf.Rank.R2>([4, 3])
    assigner.assign(scores, context).dispose()
    await expectNoLeaks(() => assigner.assign(scores, context))
    await assigner.epochLogs?.()
    assigner.dispose?.()
    scores.dispose()
    expect(tf.memory().numTensors).toBe(before + 1)
  })

  it('is an error at the end of the epoch where a step had scores that are no numbers', async () => {
    const log = createErrorLog(1e-9)
    log.note({ error: tf.scalar(1e-5), mass: tf.scalar(1) })
    log.note({ error: tf.scalar(1e-3), mass: tf.scalar(1.0001) })
    const { transportError, ...counts } = await log.epochLogs()
    expect(counts).toEqual({ unconverged: 1 })
    expect(transportError).toBeCloseTo(1e-3, 8)
    expect(await log.epochLogs()).toEqual({ unconverged: 0, transportError: 0 })
    for (const mass of [0.9, Number.NaN]) {
      log.note({ error: tf.scalar(mass), mass: tf.scalar(mass) })
      await expect(log.epochLogs()).rejects.toThrow(/The targets of a step have a mass that is off by/)
    }
    log.dispose()
  })
})

describe('ρ on the device', () => {
  it('is that of the host, and 1 − ρ keeps its digits', () => {
    for (const schedule of ['sigmoid', 'linear'] as const)
      for (const step of [0, 1, 500, 9_999]) {
        const progress = { step, steps: 10_000, epoch: 0, epochs: 1 }
        const options = { schedule, start: 0.1, end: 1 }
        const { rho, rest } = rhoOnDevice(options, remainingShare(options, progress))
        const expected = rhoAt(options, progress)
        expect(rho.dataSync()[0]).toBeCloseTo(expected, 6)
        expect(rest.dataSync()[0] / (1 - expected)).toBeCloseTo(1, 4)
      }
  })
})
