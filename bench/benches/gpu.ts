// Training steps and transport on every GPU backend that runs here, against PyTorch on the same card.
import { onnxCuda, onnxWebgpu } from '@dc/backend-onnx'
import { type Backend, createRandom, initBackend, tensorflowGpu, tf, webgpu } from '@dc/core'
import { transport } from '@dc/ot-sinkhorn/tensor'
import { type BenchContext, type BenchResult, compare, defineBench, measure, runPeer } from '../frame.ts'
import { mlpTraining, resnetTraining } from '../workloads.ts'

interface Peer {
  device: string
  ms: number
}

interface Task {
  readonly name: string
  /** What the peer is told. */
  readonly peer: readonly (string | number)[]
  /** Makes what is timed on the active backend. */
  prepare(): { run(): unknown; dispose(): void }
}

/** Sizes of the benches train-step, resnet-step and transport; small ones show only that it runs. */
function tasks(quick: boolean): Task[] {
  const [rows, widths] = quick ? [16, [32, 32, 16, 64, 8]] : [256, [784, 1024, 512, 4096, 128]]
  const [n, k, rounds, epsilon] = quick ? [64, 10, 5, 0.1] : [5120, 100, 100, 0.1]
  return [
    {
      name: `MLP step, rows ${rows}, ${widths.join('-')}`,
      peer: ['mlp', rows, widths.join()],
      prepare: () => {
        const { step, dispose } = mlpTraining(rows, widths)
        return { run: step, dispose }
      },
    },
    ...(quick ? [] : [resnet(64)]),
    {
      name: `Sinkhorn, log domain, ${n}×${k}, ${rounds} rounds`,
      peer: ['sinkhorn', n, k, rounds, epsilon],
      prepare: () => {
        const cost = tf.tensor2d(createRandom(0).uniforms(n * k), [n, k])
        const run = async () => {
          const value = tf.tidy(() => transport(cost, { epsilon, rounds, grad: 'detach' }).plan.max())
          await value.data()
          value.dispose()
        }
        return { run, dispose: () => cost.dispose() }
      },
    },
  ]
}

/** Left out of small sizes: a software adapter takes minutes for one step. */
function resnet(batch: number): Task {
  return {
    name: `ResNet-18 step, batch ${batch}`,
    peer: ['resnet', batch],
    prepare: () => {
      const { step, dispose } = resnetTraining(batch)
      return { run: step, dispose }
    },
  }
}

async function onBackend(backend: Backend, task: Task, context: BenchContext): Promise<BenchResult> {
  const { name, description } = await initBackend([backend])
  const repeats = context.quick ? 1 : 20
  context.log(`${name}: ${task.name}`)
  const prepared = task.prepare()
  const ours = await measure(prepared.run, { repeats, warmup: context.quick ? 1 : 5 })
  prepared.dispose()
  const peer = await runPeer<Peer>(context, 'gpu.py', [...task.peer, repeats])
  const quality = { device: description, ...(peer && { 'PyTorch on': peer.device }) }
  return compare(`${name}: ${task.name}`, ours, { pytorch: peer?.ms ?? null }, { quality })
}

export default defineBench({
  name: 'gpu',
  description: 'MLP step, ResNet-18 step and Sinkhorn on every GPU backend that runs here',
  async run(context) {
    // For a machine without a GPU: shows that the bench runs, measures nothing worth keeping.
    const allowSoftware = context.quick
    const candidates = [
      tensorflowGpu.create({}, {}),
      onnxCuda.create({}, {}),
      webgpu.create({ allowSoftware }, {}),
      onnxWebgpu.create({ allowSoftware }, {}),
    ]
    const results: BenchResult[] = []
    for (const backend of candidates) {
      const available = await backend.available()
      if (!available.ok) {
        context.log(`${backend.name} left out: ${available.reason}`)
        continue
      }
      for (const task of tasks(context.quick)) results.push(await onBackend(backend, task, context))
    }
    if (results.length === 0) throw new Error('no GPU backend runs here; the reasons are above')
    return results
  },
})
