import { onnx, statistics } from '@dc/backend-onnx'
import { initBackend, tf } from '@dc/core'
import { expect, it } from 'vitest'

it('x', async () => {
  const c = await initBackend([onnx.create({} as never, {})])
  console.log(c.explain())
  const x = tf.randomNormal([4, 3]),
    w = tf.variable(tf.randomNormal([3, 2]))
  const opt = tf.train.momentum(0.1, 0.9)
  for (let i = 0; i < 5; i++) {
    const l = opt.minimize(
      () =>
        tf
          .softmax(tf.relu(x.matMul(w as tf.Tensor2D)))
          .square()
          .mean() as tf.Scalar,
      true,
    )
    console.log(l!.dataSync()[0], statistics(), tf.memory().numTensors)
    l!.dispose()
  }
})
