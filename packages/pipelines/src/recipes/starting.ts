import { OptionError, type Registry } from '@dc/core'
import { type Fitting, fitRows } from './fit-rows'
import { findPreset } from './presets'
import { type Method, methodOf } from './recipe'
import { nothingTyped } from './typed'

const fewestEpochs = 10

/** The least number of whole epochs that has this many steps, and at least ten. With few rows an epoch is one step. */
export function startingEpochs(steps: number, rows: number, batchSize: number): number {
  return Math.max(fewestEpochs, Math.ceil(steps / Math.max(1, Math.floor(rows / batchSize))))
}

/**
 * The training whose backbone another starts from: the other pipeline's preset, with the views and the backbone of this one,
 * so that its weights fit. Its defaults are fitted to few rows.
 *
 * @param size of the rows that are trained on, and the number of clusters
 * @returns null if it starts from random weights
 * @throws UnknownPluginError if there is no such preset
 */
export function startingMethod(
  method: Method,
  size: { readonly rows: number; readonly k: number },
  registry: Registry,
): Fitting<Method> | null {
  if (method.start === null) return null
  const { pipeline, preset, steps } = method.start
  const recipe = findPreset(pipeline, preset)
  const { training, options } = recipe
  if (training === null) throw new OptionError('start.pipeline', pipeline, 'one that is trained')
  const epochs = startingEpochs(steps, size.rows, training.batchSize)
  const { views, backbone } = method.options
  const own = { ...(views !== undefined && { views: anyNumber(views) }), ...(backbone !== undefined && { backbone }) }
  const starting = { ...training, epochs }
  const first = methodOf({
    ...recipe,
    start: null,
    training: starting,
    options: { ...options, ...own },
    labels: 'prototypes',
  })
  return fitRows(first, size, nothingTyped, registry)
}

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
