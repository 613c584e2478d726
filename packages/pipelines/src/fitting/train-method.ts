import {
  type Callback,
  createRandom,
  type Dataset,
  DcError,
  type Optimizer,
  type Pipeline,
  type PluginReference,
  pluginReference,
  type Registry,
  type Schedule,
} from '@dc/core'
import { earlyStopping, type TrainOptions, train } from '@dc/trainer'
import { guidedByEpoch } from '../corrections/guided-by-epoch'
import type { Method, TrainingSettings } from '../recipes/recipe'

/** One training of a method, from one seed. */
export interface MethodTraining
  extends Pick<TrainOptions, 'evaluate' | 'checkpoint' | 'identity' | 'resume' | 'signal'> {
  readonly method: Method
  /** Of the rows that are trained on. */
  readonly k: number
  readonly seed: number
  readonly registry: Registry
  /** The rows that are trained on. */
  readonly dataset: Dataset
  /** Called with the new pipeline: it may take over other first weights. */
  readonly begin?: (pipeline: Pipeline) => void | Promise<void>
  readonly callbacks?: readonly Callback[]
  /** The log that decides when training ends, where the method has patience; by default the loss. */
  readonly watched?: { readonly log: string; readonly higherIsBetter?: boolean }
  /** Whether the weights are those of the epoch in which this log was best. */
  readonly keepBest?: boolean
}

/** Mean logs of each epoch. */
export type History = readonly Readonly<Record<string, number>>[]

/**
 * Trains a method and hands its pipeline over for a while; then it is disposed. The same seed, rows and backend give the same
 * weights.
 *
 * @throws InterruptedError once the signal is aborted; UnknownPluginError, OptionError for what cannot be made; DcError if
 * the training diverges
 */
export async function trainMethod<T>(
  { method, k, seed, registry, dataset, begin, callbacks = [], watched = { log: 'loss' }, ...job }: MethodTraining,
  use: (pipeline: Pipeline, history: History) => Promise<T>,
): Promise<T> {
  const { epochs, batchSize, dropLast, optimizer, learningRate, patience, callbacks: own } = trainingOf(method)
  const random = createRandom(seed)
  const pipeline = registry.make(
    'pipeline',
    method.pipeline,
    { ...method.options, k },
    { inputShape: dataset.sampleShape, random: random.split('weights') },
  ) as Pipeline
  try {
    await begin?.(pipeline)
    const { evaluate, checkpoint, identity, resume, signal } = job
    const guided = guidedByEpoch(dataset, epochs)
    const { history } = await train(pipeline, guided.dataset, {
      epochs,
      batchSize,
      dropLast,
      optimizer: trainingPart<Optimizer>(registry, 'optimizer', optimizer),
      learningRate: trainingPart<Schedule>(registry, 'schedule', learningRate),
      random: random.split('training'),
      callbacks: [
        ...guided.callbacks,
        ...callbacks,
        ...(patience === undefined ? [] : [earlyStopping({ ...watched, patience })]),
        ...own.map((callback) => trainingPart<Callback>(registry, 'callback', callback)),
      ],
      keepBest: job.keepBest ? watched : undefined,
      evaluate,
      checkpoint,
      identity,
      resume,
      signal,
    })
    return await use(pipeline, history)
  } finally {
    pipeline.dispose?.()
  }
}

/** @throws DcError for a method without training steps */
export function trainingOf({ pipeline, training }: Pick<Method, 'pipeline' | 'training'>): TrainingSettings {
  if (training === null) throw new DcError(`${pipeline} has no training steps.`, { pipeline })
  return training
}

/** A part of a training by its name. */
export function trainingPart<Product>(
  registry: Registry,
  kind: 'optimizer' | 'schedule' | 'callback',
  reference: PluginReference,
): Product {
  const { name, options } = pluginReference(reference)
  return registry.make(kind, name, options) as Product
}
