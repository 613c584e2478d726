import { activateOnnx } from '@dc/backend-onnx'
import { createRandom, tf } from '@dc/core'
import { expectNoLeaks, testLayer } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { isAutoencoder } from '../backbones/autoencoder'
import { convolutionalAutoencoder } from './convolutional-autoencoder'

beforeAll(() => activateOnnx({ threads: 1 }))

const make = (inputShape: readonly number[] = [7, 6, 3]) =>
  convolutionalAutoencoder({ inputShape, widths: [3, 4], code: 2, random: createRandom(0) })

testLayer({ describe, it }, 'convolutional autoencoder', make)
testLayer({ describe, it }, 'decoder of a convolutional autoencoder', () => make().decoder)

describe('convolutionalAutoencoder', () => {
  it('goes to a code and back to as many values, at odd sizes too', async () => {
    const network = make()
    expect(isAutoencoder(network)).toBe(true)
    expect([network.outputShape, network.decoder.outputShape]).toEqual([[2], [126]])
    const x = tf.randomUniform([5, 7, 6, 3], 0, 1, 'float32', 1)
    const back = await expectNoLeaks(() => {
      const code = network.apply(x, { training: true })
      const decoded = network.decoder.apply(code, { training: true })
      code.dispose()
      return decoded
    })
    expect(back.shape).toEqual([5, 126])
    tf.dispose([x, back, network.variables, network.decoder.variables] as tf.TensorContainer)
  })

  it('doubles pixels in both directions', async () => {
    // A decoder of one block whose last convolution copies its middle pixel: what comes out is what was doubled.
    const network = convolutionalAutoencoder({ inputShape: [4, 4, 1], widths: [1], code: 4, random: createRandom(0) })
    const { decoder } = network
    const [weight] = Object.entries(decoder.variables).filter(([name]) => name === 'conv1.weight')
    tf.tidy(() => {
      weight[1].assign(tf.tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]))
      decoder.variables['grow.weight'].assign(tf.eye(4))
    })
    const out = tf.tidy(() => decoder.apply(tf.tensor2d([[1, 2, 3, 4]]), { training: false }))
    const [a, b, c, d] = [1, 2, 3, 4].map((value) => value / Math.sqrt(1 + 1e-5))
    const expected = [a, a, b, b, a, a, b, b, c, c, d, d, c, c, d, d]
    for (const [i, value] of (await out.data()).entries()) expect(value).toBeCloseTo(expected[i], 5)
    tf.dispose([out, network.variables, decoder.variables] as tf.TensorContainer)
  })
})
