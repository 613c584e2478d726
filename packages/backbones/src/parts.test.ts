import { cpu, createRandom, initBackend, parseOptions, tf } from '@dc/core'
import { testLayer } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder, autoencoderPlugin, isAutoencoder } from './backbones/autoencoder'
import { identity } from './backbones/identity'
import { cosine } from './heads/cosine'
import { linearHead } from './heads/linear'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const api = { describe, it }
const context = (inputShape: number[]) => ({ inputShape, random: createRandom(0) })
const small = () => autoencoder({ inputShape: [2, 3], widths: [7, 5], code: 2, random: createRandom(1) })

testLayer(api, 'linear head', () => linearHead.create({ width: 3, bias: true }, context([5])))
testLayer(api, 'cosine', () => cosine.create({ k: 3, scale: 10 }, context([4])))
testLayer(api, 'autoencoder', small)
testLayer(api, 'decoder', () => small().decoder)

describe('cosine', () => {
  it('is the scaled cosine whatever the lengths, by plain loops', async () => {
    const head = cosine.create({ k: 3, scale: 10 }, context([4]))
    const x = tf.tensor2d(createRandom(2).normals(8), [2, 4])
    const [rows, prototypes] = [await x.array(), (await head.variables.weight.array()) as number[][]]
    for (const factor of [1, 1e-3, 50]) {
      const found = (await head.apply(x.mul(factor), { training: true }).array()) as number[][]
      for (const [i, row] of rows.entries())
        for (const [j, w] of prototypes.entries()) {
          const inner = row.reduce((sum, value, a) => sum + value * w[a], 0)
          expect(found[i][j]).toBeCloseTo((10 * inner) / (Math.hypot(...row) * Math.hypot(...w)), 4)
        }
    }
  })

  it('needs two clusters', () => {
    expect(() => parseOptions(cosine.options, { k: 1 }, 'cosine')).toThrow(/cosine.k: got 1/)
  })
})

describe('autoencoder', () => {
  it('goes to the code and back through mirrored widths', () => {
    const network = small()
    expect(network.outputShape).toEqual([2])
    expect(network.decoder.outputShape).toEqual([6])
    const shapes = Object.values(network.decoder.variables).flatMap((v) => (v.rank === 2 ? [v.shape] : []))
    expect(shapes).toEqual([
      [2, 5],
      [5, 7],
      [7, 6],
    ])
    expect(isAutoencoder(network)).toBe(true)
    expect(isAutoencoder(identity.create({}, context([4])))).toBe(false)
    const plugin = autoencoderPlugin.create(parseOptions(autoencoderPlugin.options, {}, 'a'), context([9]))
    expect(plugin.outputShape).toEqual([10])
  })
})
