import { OptionError, type Registry } from '@dc/core'
import { type Fitting, fitRows } from './fit-rows'
import { findPreset, recipeOf } from './presets'
import { type Method, methodOf } from './recipe'
import { nothingTyped } from './typed'

const fewestEpochs = 10
const usualSteps = 400

/** The least number of whole epochs that has this many steps, and at least ten. With few rows an epoch is one step. */
export function startingEpochs(steps: number, rows: number, batchSize: number): number {
  return Math.max(fewestEpochs, Math.ceil(steps / Math.max(1, Math.floor(rows / batchSize))))
}

/** The training that another starts from. */
export interface Start extends Fitting<Method> {
  /** The method without training steps whose labels it learns; null if it learns without labels. */
  readonly labelledBy: Method | null
}

/** The pipeline that learns given labels. */
const learnsLabels = { pipeline: 'dscl', preset: 'dscl' } as const

/**
 * The training whose backbone another starts from: the other pipeline's preset, with the views and the backbone of this one,
 * so that its weights fit. Its defaults are fitted to few rows. A start by a method without training steps, such as `leiden`,
 * is a training of `dscl` on that method's labels.
 *
 * @param size of the rows that are trained on, and the number of clusters
 * @returns null if it starts from random weights
 * @throws UnknownPluginError if there is no such preset; OptionError for a pipeline that would see true labels
 */
export function startingMethod(
  method: Method,
  size: { readonly rows: number; readonly k: number },
  registry: Registry,
): Start | null {
  if (method.start === null) return null
  const { pipeline, preset, steps, epochs: told } = method.start
  if (registry.get('pipeline', pipeline).traits?.supervised)
    throw new OptionError('start.pipeline', pipeline, 'one that learns without the true labels')
  const asked = recipeOf(pipeline, preset, registry)
  const labelledBy = asked.training === null ? methodOf(asked) : null
  const recipe = labelledBy ? findPreset(learnsLabels.pipeline, learnsLabels.preset) : asked
  const training = recipe.training!
  const epochs = told ?? startingEpochs(steps, size.rows, training.batchSize)
  const { views, backbone } = method.options
  const own = { ...(views !== undefined && { views: anyNumber(views) }), ...(backbone !== undefined && { backbone }) }
  const { patience: _, ...starting } = { ...training, epochs }
  const first = methodOf({
    ...recipe,
    start: null,
    training: labelledBy ? starting : { ...training, epochs },
    options: { ...recipe.options, ...own },
    labels: 'prototypes',
    ...(labelledBy && { unseen: null, beside: {} }),
  })
  return { ...fitRows(first, size, nothingTyped, registry), labelledBy }
}

/** What `--start NAME` says: the first preset of that pipeline, for as many steps as recipes have. */
export const startBy = (pipeline: string): NonNullable<Method['start']> => ({
  pipeline,
  preset: findPreset(pipeline).name,
  steps: usualSteps,
})

/**
 * The given views, in the number that is the pipeline's default: the other training may need two views where this one takes
 * one.
 */
function anyNumber(views: unknown): unknown {
  if (typeof views !== 'object' || views === null) return views
  const { options, ...rest } = views as { options?: Record<string, unknown> }
  const { views: _, ...others } = options ?? {}
  return { ...rest, options: others }
}
