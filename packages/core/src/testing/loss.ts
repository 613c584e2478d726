import type { Loss } from '../kinds'
import { tf } from '../tf'
import { check, checkFinite, type TestApi } from './check'
import { expectNoLeaks } from './leaks'

/**
 * What every loss must do: at least one named element tensor, finite values, a finite gradient to its first input,
 * no leaks, inputs left alive.
 *
 * @param make a fresh loss
 * @param inputs what the loss is tried on, made anew each time
 * @param differentiable the input that must get a gradient: a tensor, or a list of tensors
 * @example
 * const inputs = () => ({ x: tf.zeros([2, 3]), decoded: tf.ones<tf.Rank.R2>([2, 3]) })
 * testLoss({ describe, it }, 'reconstruction', () => registry.create('loss', 'reconstruction'), inputs, 'decoded')
 */
export function testLoss<Inputs extends object>(
  api: TestApi,
  name: string,
  make: () => Loss<Inputs>,
  inputs: () => Inputs,
  differentiable: keyof Inputs & string,
): void {
  api.describe(`loss ${name}`, () => {
    api.it('computes named finite elements without leaks', async () => {
      const loss = make()
      const given = inputs()
      const elements = await expectNoLeaks(() => tf.tidy(() => loss.elements(given)))
      check(Object.keys(elements).length > 0, 'the loss names no elements')
      for (const [key, tensor] of Object.entries(elements)) checkFinite(await tensor.data(), key)
      tf.dispose(elements)
      for (const tensor of tf.tensor_util.getTensorsInContainer(given as tf.TensorContainer))
        check(!tensor.isDisposed, 'the loss disposed an input')
      tf.dispose(given as tf.TensorContainer)
    })
    api.it(`sends a finite gradient to ${differentiable}`, async () => {
      const loss = make()
      const given = inputs()
      const one = given[differentiable] instanceof tf.Tensor
      const gradients = tf.grads((...xs) =>
        tf.addN(
          Object.values(loss.elements({ ...given, [differentiable]: one ? xs[0] : xs })).map((each) => each.sum()),
        ),
      )([given[differentiable]].flat() as tf.Tensor[])
      for (const gradient of gradients) {
        const values = await gradient.data()
        checkFinite(values, 'gradient')
        check(
          values.some((v) => v !== 0),
          'the gradient is zero everywhere',
        )
      }
      tf.dispose(gradients)
      tf.dispose(given as tf.TensorContainer)
    })
  })
}
