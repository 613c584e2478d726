import { createRandom, type Dataset, type Pipeline } from '@dc/core'
import { loadOptdigits, subset } from '@dc/data'
import { adam, infer, type TrainOptions, train } from '@dc/trainer'
import { assemble } from '../../apps/cli/src/assembly'

const mlp = { name: 'mlp', options: { widths: [24] } }
const projection = { name: 'projection', options: { hidden: 24, width: 8 } }

/** Every pipeline with a network that trains in a second. */
export const smallPipelines: Record<string, object> = {
  bootsc: { k: 10, backbone: mlp, projection },
  otdc: { k: 10, pretrain: 4, backbone: { name: 'autoencoder', options: { widths: [24], code: 6 } } },
  sp2ot: { k: 10, backbone: mlp, assign: { name: 'sp2ot', options: { batches: 2, weight: 10 } } },
  p2ot: { k: 10, backbone: mlp },
  dscl: { k: 10, backbone: mlp },
}

/** The same with targets that are solved on the device, by few rounds: software takes its time for each of their operations. */
export const devicePipelines: Record<string, object> = {
  ...smallPipelines,
  otdc: { ...smallPipelines.otdc, solver: 'device', deviceRounds: 50 },
  sp2ot: {
    ...smallPipelines.sp2ot,
    assign: {
      name: 'sp2ot',
      // So few rounds are not at rest; what counts is that all backends are equally far.
      options: { batches: 2, weight: 10, tolerance: 0.05, solver: 'device', deviceRounds: 5, deviceMajorisations: 2 },
    },
  },
  p2ot: {
    ...smallPipelines.p2ot,
    assign: { name: 'p2ot', options: { batches: 2, tolerance: 0.05, solver: 'device', deviceRounds: 10 } },
  },
}

export const registry = assemble()
let digits: Dataset | undefined

/** A few seeded epochs of a pipeline on 96 digits: the loss of each, and the labels. */
export async function pipelineSteps(
  name: string,
  epochs: number,
  pipelines = smallPipelines,
  { callbacks = [], viewsOn = 'host' }: Pick<TrainOptions, 'callbacks' | 'viewsOn'> = {},
) {
  digits ??= subset(
    await loadOptdigits(),
    Int32Array.from({ length: 96 }, (_, row) => row),
  )
  const random = createRandom(4)
  const context = { inputShape: digits.sampleShape, random: random.split('weights') }
  const pipeline = registry.make('pipeline', name, pipelines[name], context) as Pipeline
  const settings = { epochs, batchSize: 48, optimizer: adam(), learningRate: { value: () => 1e-3 } }
  const { history } = await train(pipeline, digits, { ...settings, random, callbacks, viewsOn })
  const { labels } = await infer(pipeline, digits)
  pipeline.dispose?.()
  return { losses: history.map(({ loss }) => loss), labels }
}
