// Training steps, targets of partial transport, epochs of whole pipelines and pictures through the encoder on every GPU backend
// that runs here, against PyTorch on the same card.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { OnnxBackend, onnxCuda, onnxWebgpu } from '@dc/backend-onnx'
import { Session } from '@dc/backend-onnx/model'
import {
  type Assigner,
  type Backend,
  createRandom,
  createRegistry,
  type Dataset,
  initBackend,
  type Pipeline,
  tensorflowGpu,
  tf,
  webgpu,
} from '@dc/core'
import { facts } from '@dc/encoder-efficientnet-lite0'
import { transport, plugins as transportPlugins } from '@dc/ot-sinkhorn/tensor'
import { assemble } from '@dc/pipelines'
import { adam, train } from '@dc/trainer'
import { type BenchContext, type BenchResult, compare, defineBench, measure, runPeer } from '../frame.ts'
import { mlpTraining, resnetTraining } from '../workloads.ts'

interface Peer {
  readonly device: string
  /** By PyTorch's defaults: TF32 in convolutions, float32 in products of matrices. */
  readonly ms: number
  readonly ms_float32: number
  readonly ms_tf32: number
}

interface Task {
  readonly name: string
  /** What the peer is told; none where it has nothing like it. */
  readonly peer: readonly (string | number)[] | null
  /** Whether a backend can do it; left out for all. */
  readonly on?: (backend: string) => boolean
  readonly repeats?: number
  /** Makes what is timed on the active backend. */
  prepare(): Prepared | Promise<Prepared>
}

interface Prepared {
  run(): unknown
  dispose(): void
}

/** Small sizes show only that it runs: a software adapter takes minutes for one large step. */
function tasks(quick: boolean): Task[] {
  const [rows, widths] = quick ? [16, [32, 32, 16, 64, 8]] : [256, [784, 1024, 512, 4096, 128]]
  const [n, k, rounds, epsilon] = quick ? [64, 10, 5, 0.1] : [5120, 100, 100, 0.1]
  return [
    {
      name: `MLP step, rows ${rows}, ${widths.join('-')}`,
      peer: ['mlp', rows, widths.join()],
      prepare: () => asTask(mlpTraining(rows, widths)),
    },
    ...(quick
      ? []
      : [{ name: 'ResNet-18 step, batch 64', peer: ['resnet', 64], prepare: () => asTask(resnetTraining(64)) }]),
    {
      name: `Sinkhorn, log domain, ${n}×${k}, ${rounds} rounds`,
      peer: ['sinkhorn', n, k, rounds, epsilon],
      prepare: () => sinkhorn(n, k, rounds, epsilon),
    },
    ...(quick
      ? [[64, 10]]
      : ([
          [5120, 100],
          [5120, 1000],
        ] as const)
    ).map(([size, clusters]) => ({
      name: `P²OT targets, ${size}×${clusters}, ρ 0.5`,
      peer: ['p2ot', size, clusters, 0.5],
      prepare: () => partialTargets(size, clusters),
    })),
    ...Object.entries(settings(quick)).map(([pipeline, options]) => ({
      name: `${pipeline}, an epoch of ${quick ? 64 : 5120} rows`,
      peer: null,
      repeats: 1,
      prepare: () => epoch(pipeline, options, quick ? 64 : 5120),
    })),
    {
      name: `EfficientNet-Lite0, ${quick ? 2 : 1000} pictures`,
      peer: null,
      on: (backend) => backend in provider,
      repeats: 1,
      prepare: () => pictures(quick ? 2 : 1000),
    },
  ]
}

const asTask = ({ step, dispose }: { step(): unknown; dispose(): void }): Prepared => ({ run: step, dispose })

function sinkhorn(n: number, k: number, rounds: number, epsilon: number): Prepared {
  const cost = tf.tensor2d(createRandom(0).uniforms(n * k), [n, k])
  const run = async () => {
    const value = tf.tidy(() => transport(cost, { epsilon, rounds, grad: 'detach' }).plan.max())
    await value.data()
    value.dispose()
  }
  return { run, dispose: () => cost.dispose() }
}

/** From the start of a training, where ρ is small, potentials unknown, and the solver does most. */
function partialTargets(n: number, k: number): Prepared {
  const options = { solver: 'device' as const, batches: 1, rho: { schedule: 'linear' as const, start: 0.5, end: 0.5 } }
  const assigner = createRegistry([transportPlugins]).create('assigner', 'p2ot', options) as Assigner
  assigner.prepare?.({ rows: n, columns: k })
  const scores = tf.tensor2d(createRandom(0).normals(n * k), [n, k])
  const run = async () => {
    const value = tf.tidy(() => assigner.assign(scores, { progress: { step: 0, steps: 1, epoch: 0, epochs: 1 } }).max())
    await value.data()
    value.dispose()
  }
  return {
    run,
    dispose() {
      scores.dispose()
      assigner.dispose?.()
    },
  }
}

const mlp = { name: 'mlp', options: { widths: [512, 128] } }
const onDevice = (name: string, more: object) => ({ assign: { name, options: { solver: 'device', ...more } } })
/** As the tests have it: software takes its time for each operation of a round. */
const few = { deviceRounds: 5, tolerance: 0.05 }
const settings = (quick: boolean): Record<string, object> => ({
  bootsc: { backbone: mlp, projection: { name: 'projection', options: { hidden: 512, width: 16 } } },
  otdc: {
    pretrain: 1,
    backbone: { name: 'autoencoder', options: { widths: [512], code: 32 } },
    solver: 'device',
    ...(quick && { deviceRounds: 50 }),
  },
  sp2ot: { backbone: mlp, ...onDevice('sp2ot', { weight: 10, ...(quick && { ...few, deviceMajorisations: 2 }) }) },
  p2ot: { backbone: mlp, ...onDevice('p2ot', quick ? few : {}) },
  dscl: { backbone: mlp },
})

/** Of rows of 384 features in 20 classes; what it compiles in its first steps is a part of it. */
function epoch(name: string, options: object, rows: number): Prepared {
  const [k, width] = [rows < 1000 ? 4 : 20, rows < 1000 ? 32 : 384]
  const random = createRandom(0)
  const labels = Int32Array.from({ length: rows }, (_, row) => row % k)
  const values = random.normals(rows * width)
  labels.forEach((label, row) => {
    values[row * width + label] += 4
  })
  const dataset: Dataset = {
    name: 'rows',
    size: rows,
    sampleShape: [width],
    labels,
    metadata: {},
    read: async (picked) => {
      const data = new Float32Array(picked.length * width)
      Array.from(picked, (row, at) => data.set(values.subarray(row * width, (row + 1) * width), at * width))
      return data
    },
  }
  const run = async () => {
    const context = { inputShape: [width], random: random.split('weights') }
    const pipeline = assemble().make('pipeline', name, { k, ...options }, context) as Pipeline
    const learning = { optimizer: adam(), learningRate: { value: () => 1e-3 }, random: random.split('steps') }
    await train(pipeline, dataset, { epochs: 1, batchSize: rows < 1000 ? 32 : 256, ...learning })
    pipeline.dispose?.()
    tf.dispose(pipeline.model.variables)
  }
  return { run, dispose() {} }
}

const provider: Record<string, string> = { 'onnx-webgpu': 'webgpu', 'onnx-cuda': 'cuda' }

function pictures(count: number): Prepared {
  const { size } = facts
  const encoder = dirname(createRequire(import.meta.url).resolve('@dc/encoder-efficientnet-lite0'))
  const batch = Math.min(count, 50)
  const session = new Session(join(encoder, '../weights/efficientnet-lite0.onnx'), {
    providers: [provider[tf.getBackend()]],
  })
  const [input, output] = [session.values.inputs[0].name, session.values.outputs[0].name]
  const data = createRandom(0).uniforms(batch * size * size * 3)
  const run = () => {
    for (let done = 0; done < count; done += batch)
      session.run(
        { [input]: { type: 'float32', data, dims: [batch, 3, size, size], location: 'cpu' } },
        { [output]: null },
      )
  }
  return { run, dispose: () => session.dispose() }
}

/** Counts the bytes that a backend is given and gives back. */
function traffic(): () => number {
  const backend = tf.backend()
  if (backend instanceof OnnxBackend)
    return () => {
      const { toDevice, fromDevice } = backend.statistics.traffic
      return toDevice + fromDevice
    }
  let bytes = 0
  const counted = <T>(values: T): T => {
    bytes += (values as { byteLength?: number } | null)?.byteLength ?? 0
    return values
  }
  const { write, readSync, read } = backend
  backend.write = (values, ...more) => write.call(backend, counted(values), ...more)
  backend.readSync = (id) => counted(readSync.call(backend, id))
  backend.read = async (id) => counted(await read.call(backend, id))
  return () => bytes
}

async function onBackend(backend: Backend, context: BenchContext): Promise<BenchResult[]> {
  const { name, description } = await initBackend([backend])
  const bytes = traffic()
  const results: BenchResult[] = []
  for (const task of tasks(context.quick)) {
    const title = `${name}: ${task.name}`
    if (!context.wants(title) || task.on?.(name) === false) continue
    context.log(title)
    const repeats = task.repeats ?? (context.quick ? 1 : 20)
    try {
      const prepared = await task.prepare()
      const ours = await measure(prepared.run, { repeats, warmup: context.quick || repeats === 1 ? 1 : 5 })
      const before = bytes()
      await prepared.run()
      const moved = bytes() - before
      prepared.dispose()
      const peer = task.peer && (await runPeer<Peer>(context, 'gpu.py', [...task.peer, repeats]))
      const quality = {
        device: description,
        // A session of its own is not counted.
        ...(moved > 0 && { 'kB over the bus, each': Math.round(moved / 1000) }),
        ...(peer && { 'PyTorch on': peer.device }),
      }
      const { ms = null, ms_float32 = null, ms_tf32 = null } = peer ?? {}
      results.push(
        compare(title, ours, { pytorch: ms, 'pytorch float32': ms_float32, 'pytorch tf32': ms_tf32 }, { quality }),
      )
    } catch (error) {
      // What fails on a card that was lent for minutes must not cost the other figures.
      context.log(`${title} failed: ${(error as Error).message}`)
    }
  }
  return results
}

export default defineBench({
  name: 'gpu',
  description: 'steps, targets, epochs and pictures on every GPU backend that runs here',
  async run(context) {
    // For a machine without a GPU: shows that the bench runs, measures nothing worth keeping.
    const allowSoftware = context.quick
    const candidates = [
      tensorflowGpu.create({}, {}),
      onnxCuda.create({}, {}),
      onnxWebgpu.create({ allowSoftware }, {}),
      // The last, for nothing that is on it can be read at once, as moving to another backend does.
      webgpu.create({ allowSoftware }, {}),
    ]
    const results: BenchResult[] = []
    for (const backend of candidates) {
      const available = await backend.available()
      if (available.ok) results.push(...(await onBackend(backend, context)))
      else context.log(`${backend.name} left out: ${available.reason}`)
    }
    if (results.length === 0) throw new Error('no GPU backend runs here; the reasons are above')
    return results
  },
})
