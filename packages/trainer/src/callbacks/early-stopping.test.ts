import { type Callback, cpu, initBackend, tf } from '@dc/core'
import { testCallback } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { earlyStopping, earlyStoppingPlugin } from './early-stopping'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const api = { describe, it }
it('refuses options that cannot be', () => {
  expect(() => earlyStopping({ patience: 0 })).toThrow('earlyStopping.patience: got 0')
  expect(() => earlyStopping({ minDelta: Number.NaN })).toThrow('earlyStopping.minDelta: got NaN')
})
testCallback(api, 'early-stopping', () => earlyStopping({ patience: 2 }))
testCallback(
  api,
  'early-stopping by its plugin',
  () =>
    earlyStoppingPlugin.create(
      earlyStoppingPlugin.options.parse({ log: 'score', higherIsBetter: true, patience: 3 }),
      {},
    ),
  [1, 2, 3, 2, 2, 3, 1].map((score) => ({ score })),
)

describe('the conformance suite of callbacks', () => {
  const outcomes = async (make: () => Callback) => {
    const bodies: (() => unknown)[] = []
    const collect = {
      describe: (_: string, body: () => void) => body(),
      it: (_: string, body: () => unknown) => void bodies.push(body),
    }
    testCallback(collect, 'any', make)
    const found: string[] = []
    for (const body of bodies) found.push((await Promise.allSettled([Promise.resolve().then(body)]))[0].status)
    return found
  }

  it('fails one that forgets what a resumed training has behind it, or keeps what it has not', async () => {
    const make = () => earlyStopping({ patience: 2 })
    expect(await outcomes(make)).toEqual(['fulfilled', 'fulfilled'])
    expect(await outcomes(() => ({ ...make(), onTrainStart: undefined }))).toEqual(['rejected', 'rejected'])
  })

  it('fails one that answers anything else, or leaks', async () => {
    expect(await outcomes(() => ({ onEpochEnd: () => true as never }))).toEqual(['rejected', 'rejected'])
    expect(await outcomes(() => ({ onStep: () => void tf.scalar(1) }))).toEqual(['rejected', 'fulfilled'])
  })
})
