import { cpu, initBackend, type Layer, tf } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chain } from './chain'
import { sequential } from './sequential'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const layer = (compute: (x: tf.Tensor) => tf.Tensor): Layer => ({
  inputShape: [1],
  outputShape: [1],
  variables: {},
  apply: compute,
})
const double = layer((x) => x.mul(2))
const increment = layer((x) => x.add(1))
const of = (chained: Layer) => chained.apply(tf.tensor2d([[5]]), { training: false }).dataSync()[0]

describe('chain', () => {
  it('runs its layers in the order that they are written', () => {
    expect(of(chain({ b: double, a: increment }))).toBe(11)
    expect(of(chain({ a: increment, b: double }))).toBe(12)
    // No array index: JavaScript leaves these where they are.
    expect(of(chain({ b: double, '01': increment, '-1': double, '1.5': increment }))).toBe(23)
  })

  it('runs numbered layers by their numbers', () => {
    expect(of(chain({ 0: double, 1: increment }))).toBe(11)
    expect(of(chain({ 10: increment, 9: double }))).toBe(11)
    expect(of(sequential(Array.from({ length: 12 }, (_, i) => (i === 10 ? double : increment)) as [Layer]))).toBe(31)
  })

  it('refuses names whose order an object does not keep, and no layers', () => {
    expect(() => chain({ b: double, 0: increment })).toThrow(
      /names of layers: got \["0","b"\]; allowed: at least one; words, or numbers/,
    )
    expect(() => chain({ 2: double, last: increment })).toThrow(/names of layers/)
    expect(() => chain({})).toThrow(/names of layers: got \[\]/)
  })
})
