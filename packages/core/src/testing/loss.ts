import type { Loss, NamedTensors } from '../kinds'
import { tf } from '../tf'
import { check, checkFinite, type TestApi } from './check'
import { expectNoLeaks } from './leaks'

/**
 * What every loss must do: at least one named element tensor, finite values, a finite gradient to its first input,
 * no leaks, inputs left alive.
 *
 * @param make a fresh loss
 * @param inputs tensors the loss is tried on; `differentiable` names the one that must get a gradient
 */
export function testLoss(
  api: TestApi,
  name: string,
  make: () => Loss,
  inputs: () => Record<string, unknown>,
  differentiable: string,
): void {
  api.describe(`loss ${name}`, () => {
    api.it('computes named finite elements without leaks', async () => {
      const loss = make()
      const given = inputs()
      const elements = (await expectNoLeaks(() => tf.tidy(() => loss.elements(given)))) as NamedTensors
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
      const gradient = tf.grad((x) =>
        tf.addN(Object.values(loss.elements({ ...given, [differentiable]: x })).map((t) => t.sum())),
      )(given[differentiable] as tf.Tensor)
      const values = await gradient.data()
      checkFinite(values, 'gradient')
      check(
        values.some((v) => v !== 0),
        'the gradient is zero everywhere',
      )
      gradient.dispose()
      tf.dispose(given as tf.TensorContainer)
    })
  })
}
