import {
  type Batch,
  checkChoice,
  computesOnGpu,
  type Dataset,
  type NamedTensors,
  type Pipeline,
  type Random,
  tf,
} from '@dc/core'

/** How a step comes to its views: the host feeds tensors, and the step makes the views of them. */
export interface ViewSource {
  /** Whether `feed` looks at the values of a batch. */
  readonly needsValues: boolean
  feed(batch: Batch, random: Random): NamedTensors
  /** By tensor operations alone, which a compiled step runs itself. */
  views(fed: NamedTensors): tf.Tensor[]
  dispose(): void
}

/** Where views are made; `'auto'` is the device for a GPU, if it takes the data set whole. */
export type ViewsOn = (typeof places)[number]
const places = ['auto', 'host', 'device'] as const

/** @throws OptionError for a place that is none */
export const checkViewsOn = (on: ViewsOn): void => checkChoice('viewsOn', on, places)

/** What every WebGPU device takes as one buffer. */
const mostBytes = 2 ** 27

/**
 * On the device, the data set is read and sent once, and a step is fed row numbers and what was drawn for each row. On the host, a
 * step is fed its views, and so it is where the pipeline has no `resident` views.
 *
 * @param on `'auto'`: the device for a GPU, if the rows have at most 128 MiB as float32
 * @param random for what lies on the device beside the rows
 * @throws OptionError for a place that is none
 * @example
 * const source = await viewSource(pipeline, dataset, { on: 'device', random: createRandom(0) })
 * const steps = stepper(pipeline, adam(), { source })
 */
export async function viewSource(
  pipeline: Pipeline,
  dataset: Dataset,
  { on, random }: { readonly on: ViewsOn; readonly random: Random },
): Promise<ViewSource> {
  checkViewsOn(on)
  const { resident } = pipeline
  const bytes = dataset.sampleShape.reduce((product, side) => product * side, 4 * dataset.size)
  if (!resident || on === 'host' || (on === 'auto' && !(computesOnGpu() && bytes <= mostBytes)))
    return viewsOnHost(pipeline)
  const values = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  const held = tf.tidy(() => resident.hold(tf.tensor(values, [dataset.size, ...dataset.sampleShape]), random))
  return {
    needsValues: false,
    feed: (batch, drawn) => resident.draw(batch, drawn),
    views: (fed) => resident.make(held, fed),
    dispose: () => tf.dispose(held),
  }
}

/** Views that the host makes. */
export function viewsOnHost(pipeline: Pick<Pipeline, 'views'>): ViewSource {
  return {
    needsValues: true,
    feed: (batch, random) => Object.fromEntries(pipeline.views(batch, random).entries()),
    views: (fed) => Object.values(fed),
    dispose() {},
  }
}
