// The MLP recipe's training step: two views forward, backward, SGD with momentum and decay, by the packages people use.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, onnx } from '@dc/backend-onnx'
import { type Backend, initBackend, tf, wasm } from '@dc/core'
import { compare, defineBench, measure, runPeer } from '../frame.ts'
import { mlpTraining } from '../workloads.ts'

interface Peer {
  losses: number[]
  threads1: number
  threads2: number
}

export default defineBench({
  name: 'train-step',
  description: 'MLP 784-1024-512-4096-128 with batch norm, B = 256, two views: forward, backward, SGD with momentum',
  async run(context) {
    const rows = context.quick ? 32 : 256
    const widths = context.quick ? [64, 32, 32, 64, 16] : [784, 1024, 512, 4096, 128]
    const steps = context.quick ? 5 : 40
    const on = async (backend: Backend) => {
      await initBackend([backend])
      return mlpTraining(rows, widths)
    }

    context.log('ours')
    const ours = await on(onnx.create({}, {}))
    const initial = ours.initial()
    const losses = [await ours.step(), await ours.step(), await ours.step()]
    const recorded = await measure(ours.step, { repeats: steps, warmup: 5 })
    const step = compile(ours.take)
    const compiled = await measure(() => tf.tidy(() => step().dataSync()), { repeats: steps, warmup: 5 })
    step.dispose()
    ours.dispose()

    context.log('PyTorch')
    const folder = mkdtempSync(join(tmpdir(), 'train-step-'))
    initial.forEach((values, i) => {
      writeFileSync(join(folder, String(i)), values)
    })
    ours.views.forEach((values, i) => {
      writeFileSync(join(folder, `view${i}`), values)
    })
    const peer = await runPeer<Peer>(context, 'train_step.py', [folder, rows, widths.join(), steps])
    rmSync(folder, { recursive: true })

    context.log('tfjs-wasm')
    const slow = await on(wasm.create({}, {}))
    const wasm_ms = await measure(slow.step, { repeats: context.quick ? 2 : 1, warmup: 0 })
    slow.dispose()

    const best = peer && Math.min(peer.threads1, peer.threads2)
    const drift = peer && Math.max(...losses.map((loss, i) => Math.abs(loss - peer.losses[i]) / peer.losses[i]))
    const quality = peer
      ? {
          'loss differs from PyTorch over 3 steps by': drift,
          'PyTorch, 1 thread, ms': peer.threads1,
          '2 threads, ms': peer.threads2,
        }
      : { losses }
    const name = `rows ${rows}, ${widths.join('-')}`
    const peers = { pytorch: best, 'tfjs-wasm': wasm_ms }
    return [
      compare(`${name}, recorded anew at every step`, recorded, peers, { quality }),
      compare(`${name}, by compile(step)`, compiled, peers),
    ]
  },
})
