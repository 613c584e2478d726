// ResNet-18's training step, by the packages people use: forward, backward, SGD with momentum and decay; time and memory.
import { plugins as backbonePlugins } from '@dc/backbones'
import { onnx } from '@dc/backend-onnx'
import { createRandom, createRegistry, initBackend, type NamedTensors, tf } from '@dc/core'
import { gradients, sgd, trainable } from '@dc/trainer'
import { compare, defineBench, measure, runPeer } from '../frame.ts'

interface Peer {
  threads1: number
  threads2: number
  memory: number
}

/** A training step on the active backend, from weights of a fixed seed. */
function training(batch: number) {
  const random = createRandom(0)
  const inputShape = [32, 32, 3]
  const network = createRegistry([backbonePlugins]).create('backbone', 'resnet-18', {}, { inputShape, random })
  const weights = trainable(network.variables)
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
  const images = random.normals(batch * 32 * 32 * 3)
  const targets = random.normals(batch * 512)
  let state: NamedTensors = optimizer.init(weights)
  return (): number => {
    const { loss, next } = tf.tidy(() => {
      const x = tf.tensor4d(images, [batch, 32, 32, 3])
      const traced = gradients(() => {
        const features = network.apply(x, { training: true })
        return {
          loss: features
            .sub(tf.tensor2d(targets, [batch, 512]))
            .square()
            .mean() as tf.Scalar,
          logs: {},
        }
      }, weights)
      const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(0.01))
      for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
      return { loss: traced.loss, next: updated.state }
    })
    tf.dispose(state)
    state = next
    const value = loss.dataSync()[0]
    loss.dispose()
    return value
  }
}

/** Peak of resident memory so far, MB. */
const peak = () => process.resourceUsage().maxRSS / 1e3

export default defineBench({
  name: 'resnet-step',
  description: 'ResNet-18 with the CIFAR stem, 32×32 images, batch 64: forward, backward, SGD with momentum',
  async run(context) {
    const batch = context.quick ? 4 : 64
    const steps = context.quick ? 1 : 4
    context.log('ours')
    await initBackend([onnx.create({}, {})])
    const base = peak()
    const step = training(batch)
    const losses = [step(), step(), step()]
    const ours_ms = await measure(step, { repeats: steps, warmup: 0 })
    const memory = peak() - base

    context.log('PyTorch')
    const peer = await runPeer<Peer>(context, 'resnet_step.py', [batch, steps])
    const best = peer && Math.min(peer.threads1, peer.threads2)
    const quality = {
      'losses of the first steps': losses.map((loss) => Number(loss.toFixed(4))),
      'peak memory over base, MB': Math.round(memory),
      ...(peer && { "PyTorch's": Math.round(peer.memory), 'memory ratio': memory / peer.memory }),
    }
    const note = 'tfjs-wasm cannot run it: it has no gradient of a convolution for its filter'
    return [compare(`ResNet-18, batch ${batch}`, ours_ms, { pytorch: best }, { quality, note })]
  },
})
