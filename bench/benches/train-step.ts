// The MLP recipe's training step: two views forward, backward, SGD with momentum and decay, by the packages people use.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plugins as backbonePlugins, mlp } from '@dc/backbones'
import { onnx } from '@dc/backend-onnx'
import { type Backend, createRandom, createRegistry, initBackend, type NamedTensors, tf, wasm } from '@dc/core'
import { gradients, sgd, trainable } from '@dc/trainer'
import { compare, defineBench, measure, runPeer } from '../frame.ts'

interface Peer {
  losses: number[]
  threads1: number
  threads2: number
}

/** A training step on the active backend, from weights of a fixed seed. */
function training(rows: number, [d, a, b, c, e]: readonly number[]) {
  const random = createRandom(0)
  const encoder = mlp({ inputShape: [d], widths: [a, b], random })
  const registry = createRegistry([backbonePlugins])
  const head = { inputShape: [b], random: random.split('head') }
  const project = registry.create('head', 'projection', { hidden: c, width: e }, head)
  const weights = trainable({ ...prefixed('encoder', encoder.variables), ...prefixed('project', project.variables) })
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
  const batches = [0, 1].map((i) => random.split(i).normals(rows * d))
  const initial = Object.values(weights).map((weight) => weight.dataSync().slice() as Float32Array)
  let state: NamedTensors = optimizer.init(weights)
  const step = (): number => {
    const { loss, next } = tf.tidy(() => {
      const views = batches.map((values) => tf.tensor2d(values, [rows, d]))
      const traced = gradients(() => {
        const [z0, z1] = views.map((x) => project.apply(encoder.apply(x, { training: true }), { training: true }))
        return { loss: z0.sub(z1).square().mean() as tf.Scalar, logs: {} }
      }, weights)
      const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(0.04))
      for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
      return { loss: traced.loss, next: updated.state }
    })
    tf.dispose(state)
    state = next
    const value = loss.dataSync()[0]
    loss.dispose()
    return value
  }
  const dispose = () => tf.dispose([state, encoder.variables, project.variables])
  return { step, dispose, batches, initial }
}

function prefixed<T>(prefix: string, record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}.${name}`, value]))
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
      return training(rows, widths)
    }

    context.log('ours')
    const ours = await on(onnx.create({}, {}))
    const losses = [0, 1, 2].map(ours.step)
    const ours_ms = await measure(ours.step, { repeats: steps, warmup: 5 })
    ours.dispose()

    context.log('PyTorch')
    const folder = mkdtempSync(join(tmpdir(), 'train-step-'))
    ours.initial.forEach((values, i) => {
      writeFileSync(join(folder, String(i)), values)
    })
    ours.batches.forEach((values, i) => {
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
    return [compare(`rows ${rows}, ${widths.join('-')}`, ours_ms, { pytorch: best, 'tfjs-wasm': wasm_ms }, { quality })]
  },
})
