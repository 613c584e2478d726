// The MLP recipe's training step: two views forward, backward, SGD with momentum and decay, by the packages people use.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, onnx } from '@dc/backend-onnx'
import { type Backend, initBackend, tf, wasm } from '@dc/core'
import { compare, defineBench, inTurn, lowest, measure, runPeer } from '../frame.ts'
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

    const ours = await on(onnx.create({}, {}))
    const initial = ours.initial()
    const losses = [await ours.step(), await ours.step(), await ours.step()]
    const step = compile(ours.take)

    const folder = mkdtempSync(join(tmpdir(), 'train-step-'))
    initial.forEach((values, i) => {
      writeFileSync(join(folder, String(i)), values)
    })
    ours.views.forEach((values, i) => {
      writeFileSync(join(folder, `view${i}`), values)
    })
    const repeats = { repeats: steps, warmup: 5 }
    const recorded: number[] = []
    const { ours: compiled, peers } = await inTurn(
      context.quick ? 1 : 3,
      async () => {
        context.log('ours')
        recorded.push(await measure(ours.step, repeats))
        return measure(() => tf.tidy(() => step().dataSync()), repeats)
      },
      () => {
        context.log('PyTorch')
        return runPeer<Peer>(context, 'train_step.py', [folder, rows, widths.join(), steps])
      },
    )
    rmSync(folder, { recursive: true })
    step.dispose()
    ours.dispose()

    context.log('tfjs-wasm')
    const slow = await on(wasm.create({}, {}))
    const wasm_ms = await measure(slow.step, { repeats: context.quick ? 2 : 1, warmup: 0 })
    slow.dispose()

    const threads1 = lowest(peers.map((peer) => peer.threads1))
    const threads2 = lowest(peers.map((peer) => peer.threads2))
    const best = threads1 && threads2 && Math.min(threads1, threads2)
    const drift = (peer: Peer) => Math.max(...losses.map((loss, i) => Math.abs(loss - peer.losses[i]) / peer.losses[i]))
    const quality = best
      ? {
          'loss differs from PyTorch over 3 steps by': drift(peers[0]),
          'PyTorch, 1 thread, ms': threads1,
          '2 threads, ms': threads2,
        }
      : { losses }
    const name = `rows ${rows}, ${widths.join('-')}`
    const sides = { pytorch: best, 'tfjs-wasm': wasm_ms }
    const note = `medians of ${steps} steps, in turn; the lowest of ${compiled.length}`
    return [
      compare(`${name}, recorded anew at every step`, Math.min(...recorded), sides, { quality, note }),
      compare(`${name}, by compile(step)`, Math.min(...compiled), sides, { note }),
    ]
  },
})
