// ResNet-18's training step, by the packages people use: forward, backward, SGD with momentum and decay; time and memory.
import { onnx } from '@dc/backend-onnx'
import { initBackend } from '@dc/core'
import { compare, defineBench, measure, runPeer } from '../frame.ts'
import { resnetTraining } from '../workloads.ts'

interface Peer {
  threads1: number
  threads2: number
  memory: number
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
    const { step } = resnetTraining(batch)
    const losses = [await step(), await step(), await step()]
    const before = await measure(step, { repeats: steps, warmup: 0 })
    const memory = peak() - base

    context.log('PyTorch')
    const peer = await runPeer<Peer>(context, 'resnet_step.py', [batch, steps])
    const best = peer && Math.min(peer.threads1, peer.threads2)
    // Before and after the peer: a shared machine is not always as fast.
    const ours_ms = (before + (await measure(step, { repeats: steps, warmup: 1 }))) / 2
    const quality = {
      'losses of the first steps': losses.map((loss) => Number(loss.toFixed(4))),
      'peak memory over base, MB': Math.round(memory),
      ...(peer && { "PyTorch's": Math.round(peer.memory), 'memory ratio': memory / peer.memory }),
    }
    const note = 'tfjs-wasm cannot run it: it has no gradient of a convolution for its filter'
    return [compare(`ResNet-18, batch ${batch}`, ours_ms, { pytorch: best }, { quality, note })]
  },
})
