// Trains a small model for ten thousand steps and prints the resident memory after each thousand.
import { activateOnnx } from '@dc/backend-onnx'
import { createRandom, tf } from '@dc/core'
import { sgd } from '@dc/trainer'

const steps = 10_000

const collect = globalThis.gc as () => void

/** Without what only waits to be collected. Twice: what the first collection finalizes, the second frees. */
function residentMemory(): number {
  collect()
  collect()
  return process.memoryUsage().rss
}

async function main(): Promise<void> {
  await activateOnnx({ threads: 1, spinning: false })
  const random = createRandom(4)
  const weights = { w: tf.variable(tf.tensor2d(random.normals(12), [6, 2])) }
  const target = tf.tensor2d(random.normals(12), [6, 2])
  const optimizer = sgd({ momentum: 0.9, weightDecay: 1e-3 })
  let state = optimizer.init(weights)
  const memory: number[] = []
  let last = 0
  for (let i = 0; i < steps; i++) {
    const { loss, next } = tf.tidy(() => {
      const x = tf.tensor2d(random.normals(48), [8, 6])
      const { value, grads } = tf.variableGrads(() => x.matMul(weights.w).sub(x.matMul(target)).square().mean())
      const updated = optimizer.update({ w: grads[weights.w.name] }, state, weights, tf.scalar(0.01 / (1 + i / steps)))
      weights.w.assign(updated.parameters.w as tf.Tensor2D)
      return { loss: value, next: updated.state }
    })
    tf.dispose(state)
    state = next
    last = loss.dataSync()[0]
    loss.dispose()
    if ((i + 1) % 1000 === 0) memory.push(residentMemory())
  }
  console.log(JSON.stringify({ memory, loss: last }))
}

main()
