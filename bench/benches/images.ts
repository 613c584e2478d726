// Images: a training step of ResNet-18 at 32×32, the share that drawing its views takes, ViT-B/16 features at 224×224.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plugins as backbonePlugins, model, resnet, saveWeights, vit } from '@dc/backbones'
import { exportModel, onnx } from '@dc/backend-onnx'
import { Session } from '@dc/backend-onnx/model'
import { type Batch, createRandom, createRegistry, initBackend, tf } from '@dc/core'
import { byolViews, imageViews } from '@dc/data/views'
import { type BenchContext, type BenchResult, compare, defineBench, inTurn, measure, runPeer } from '../frame.ts'
import { sgdStep } from '../sgd-step.ts'

interface Peer {
  ms: number
  output: number[]
  peak_mb: number
}

/** Memory of this process at its highest so far, in MB; each line by itself (`--only`) tells what it alone takes. */
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024)
const perSecond = (images: number, ms: number) => Number(((1000 * images) / ms).toFixed(1))
const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]) / Math.max(1, Math.abs(b[i]))))

async function trainingStep(context: BenchContext, folder: string): Promise<BenchResult[]> {
  const rows = context.quick ? 8 : 32
  const [stepName, viewsName] = [
    `ResNet-18 and head, 32×32, two views of ${rows}: step`,
    `BYOL views, 32×32, two of ${rows}`,
  ]
  if (!context.wants(stepName) && !context.wants(viewsName)) return []
  const random = createRandom(0)
  const encoder = resnet({ inputShape: [32, 32, 3], depth: 18, stem: 'cifar', random })
  const project = createRegistry([backbonePlugins]).create(
    'head',
    'projection',
    { hidden: 4096, width: 128 },
    {
      inputShape: encoder.outputShape,
      random: random.split('head'),
    },
  )
  const network = model({ encoder, project })
  const file = join(folder, 'resnet.safetensors')
  await saveWeights(network, file)
  const values = random.uniforms(rows * 32 * 32 * 3)
  writeFileSync(join(folder, 'images'), values)
  const batch: Batch = { rows: Int32Array.from({ length: rows }, (_, i) => i), values, sampleShape: [32, 32, 3] }

  const { step, dispose } = sgdStep(network.variables, 0.04, (views: readonly tf.Tensor[]) => {
    const [z0, z1] = views.map((x) => project.apply(encoder.apply(x, { training: true }), { training: true }))
    return z0.sub(z1).square().mean()
  })

  // The second view is the first one mirrored: both programs see the same pixels.
  const plain = () => {
    const x = tf.tensor4d(values, [rows, 32, 32, 3])
    return [x, tf.reverse(x, 2)]
  }
  const views = plain()
  context.log('ours: training step')
  const losses = [await step(views), await step(views)]
  const ours = await measure(() => step(views), { repeats: context.quick ? 2 : 3, warmup: 1 })
  const augment = imageViews(byolViews())
  const draw = async () => {
    const drawn = augment.apply(batch, random)
    await drawn[0].data()
    tf.dispose(drawn)
  }
  context.log('ours: views')
  const drawing = await measure(draw, { repeats: 10, warmup: 3 })
  const memory = peak()
  tf.dispose(views)
  dispose()

  context.log('PyTorch')
  const peer = await runPeer<Peer>(context, 'images.py', ['resnet', folder, rows, context.quick ? 2 : 3])
  const quality = {
    'images of an epoch per second, two views each': perSecond(rows, ours),
    'the same with drawing the views': perSecond(rows, ours + drawing),
    'peak memory, MB': memory,
    ...(peer && {
      'PyTorch, images per second': perSecond(rows, peer.ms),
      'PyTorch, peak memory, MB': peer.peak_mb,
      'first two losses differ by': furthest(losses, peer.output),
    }),
  }
  const share = { 'ms for both views': drawing, 'of one step with its views': drawing / (drawing + ours) }
  return [
    compare(stepName, ours, { pytorch: peer?.ms ?? null }, { quality }),
    compare(viewsName, drawing, {}, { quality: share, note: 'share of the training step' }),
  ]
}

async function features(context: BenchContext, folder: string): Promise<BenchResult[]> {
  const size = context.quick ? { width: 96, depth: 2, heads: 3 } : { width: 768, depth: 12, heads: 12 }
  const images = context.quick ? 2 : 8
  const name = `ViT ${size.width}×${size.depth}, patch 16, 224×224, ${images} images: features`
  if (!context.wants(name)) return []
  const inputShape = [224, 224, 3]
  const random = createRandom(1)
  const network = vit({ inputShape, ...size, trainableBlocks: 0, random })
  await saveWeights(network, join(folder, 'vit.safetensors'))
  const data = random.normals(images * 224 * 224 * 3)
  writeFileSync(join(folder, 'images'), data)
  context.log('ours: ViT as an ONNX model')
  const bytes = exportModel((x) => network.apply(x, { training: false }), { inputShape, weights: network.variables })
  tf.dispose(network.variables)
  const session = new Session(bytes)
  const feed = { type: 'float32', data, dims: [images, ...inputShape], location: 'cpu' } as const
  const run = () => session.run({ input: feed }, { output: null }).output.data as Float32Array
  const found = run()
  const memory = peak()
  const sizes = [size.width, size.depth, size.heads].join()
  const repeats = context.quick ? 1 : 3
  const { ours: times, peers } = await inTurn(
    context.quick ? 1 : 3,
    () => measure(run, { repeats, warmup: 1 }),
    () => {
      context.log('PyTorch')
      return runPeer<Peer>(context, 'images.py', ['vit', folder, images, repeats, sizes])
    },
  )
  session.dispose()
  const ours = Math.min(...times)
  const peer = peers.length > 0 ? { ...peers[0], ms: Math.min(...peers.map(({ ms }) => ms)) } : null
  const quality = {
    'images per second': perSecond(images, ours),
    'peak memory, MB': memory,
    ...(peer && {
      'PyTorch, images per second': perSecond(images, peer.ms),
      'PyTorch, peak memory, MB': peer.peak_mb,
      'features differ by': furthest([...found.subarray(0, 64)], peer.output),
    }),
  }
  const note = `medians of ${repeats}, in turn; the lowest of ${times.length}`
  return [compare(name, ours, { pytorch: peer?.ms ?? null }, { quality, note })]
}

export default defineBench({
  name: 'images',
  description: 'ResNet-18 training step at 32×32 with its views, ViT-B/16 features at 224×224',
  async run(context) {
    await initBackend([onnx.create({}, {})])
    const folder = mkdtempSync(join(tmpdir(), 'images-'))
    try {
      return [...(await trainingStep(context, folder)), ...(await features(context, folder))]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
})
