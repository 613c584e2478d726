// Plain TensorFlow.js code, made fast by one line: the backend on ONNX Runtime.
import { activateOnnx } from '@dc/backend-onnx'
import { tf } from '@dc/core'

await activateOnnx()

const x = tf.randomUniform([256, 2], -1, 1, 'float32', 7)
const inside = x.square().sum(1).less(0.6).toFloat()
const hidden = tf.variable(tf.randomNormal([2, 32], 0, 1, 'float32', 8))
const bias = tf.variable(tf.zeros([32]))
const out = tf.variable(tf.randomNormal([32, 1], 0, 0.3, 'float32', 9))
const optimizer = tf.train.adam(0.05)

const loss = () => {
  const logits = tf.tanh(tf.matMul(x, hidden).add(bias)).matMul(out)
  return tf.losses.sigmoidCrossEntropy(inside, logits.reshape([256])).asScalar()
}
for (let step = 0; step <= 100; step++) {
  const value = optimizer.minimize(loss, true)!
  if (step % 50 === 0) console.log(`step ${step}: loss ${(await value.data())[0].toFixed(3)}`)
  value.dispose()
}
