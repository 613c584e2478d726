import { cpu, initBackend, tf } from '@dc/core'
import { mean } from '@dc/losses'
import { beforeAll, describe, expect, it } from 'vitest'
import { assemble } from '../registry'
import { meanWithGiven, targetsWithGiven } from './given-rows'

beforeAll(() => initBackend([cpu.create({}, {})]))

const scores = () =>
  tf.tensor2d([
    [3, 0],
    [2, 0],
    [1, 0],
    [0.5, 0],
  ])

describe('targets with given rows', () => {
  const balanced = () => assemble().make('assigner', 'balanced', { epsilon: 0.05 })

  it('a given row has its cluster, and the others the room that is left', async () => {
    const given = tf.tensor1d([1, -1, -1, -1], 'int32')
    const found = await targetsWithGiven(scores(), 2, given, (s) => balanced().assign(s)).array()
    expect(found[0]).toEqual([0, 1])
    // The same as the plan of three rows for clusters of 2 and 1.
    const others = scores().slice([1, 0], [3, 2]) as tf.Tensor2D
    const less = assemble().make('assigner', 'balanced', { epsilon: 0.05, sizes: [2, 1] })
    const expected = await less.assign(others).array()
    for (const [row, targets] of expected.entries())
      for (const [c, target] of targets.entries()) expect(found[row + 1][c]).toBeCloseTo(target, 3)
    // Without it the likeliest two rows have the first cluster.
    const free = await balanced().assign(scores()).array()
    expect(free[0][0]).toBeGreaterThan(0.99)
    expect(found[1][0]).toBeGreaterThan(0.99)
    expect(found[2][0]).toBeGreaterThan(0.9)
    expect(found[3][1]).toBeGreaterThan(0.9)
  })

  it('more rows than there is room for keep what they were given', async () => {
    const given = tf.tensor1d([1, 1, 1, -1], 'int32')
    const found = await targetsWithGiven(scores(), 2, given, (s) => balanced().assign(s)).array()
    expect(found.slice(0, 3)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    expect(found[3][0]).toBeGreaterThan(0.9)
  })

  it('without given rows nothing changes', async () => {
    const none = tf.tensor1d([-1, -1, -1, -1], 'int32')
    const plain = await balanced().assign(scores()).array()
    expect(await targetsWithGiven(scores(), 2, none, (s) => balanced().assign(s)).array()).toEqual(plain)
    expect(await targetsWithGiven(scores(), 2, undefined, (s) => balanced().assign(s)).array()).toEqual(plain)
  })
})

describe('the mean with given rows', () => {
  const losses = Float32Array.from({ length: 100 }, (_, row) => row)

  it('one of a hundred counts eight times, many a quarter together', async () => {
    const of = async (told: number) => {
      const given = tf.tensor1d(
        Int32Array.from(losses, (_, row) => (row < told ? 0 : -1)),
        'int32',
      )
      return (await meanWithGiven({ a: tf.tensor1d(losses) }, given).data())[0]
    }
    const plain = (await mean({ a: tf.tensor1d(losses) }).data())[0]
    expect(await of(0)).toBeCloseTo(plain, 4)
    expect(await of(1)).toBeCloseTo(0.08 * 0 + 0.92 * plain, 3)
    expect(await of(10)).toBeCloseTo(0.25 * 4.5 + 0.75 * plain, 3)
    expect(await of(100)).toBeCloseTo(plain, 3)
  })
})
