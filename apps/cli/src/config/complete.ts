import { type PluginKind, type PluginReference, pluginReference, type Registry } from '@dc/core'
import { z } from 'zod'
import type { RunConfig } from './run-config'

/**
 * A configuration with every value that a run goes by: the options of the pipeline, its parts, the data set, the optimizer,
 * the schedule and the rest, with the defaults of their schemas.
 */
export function completeConfig(config: RunConfig, registry: Registry): RunConfig {
  const full = (kind: PluginKind, reference: PluginReference) => completePart(kind, reference, registry)
  const { k, data, training, scores } = config
  const options = completeOptions('pipeline', config.pipeline, { ...config.options, k: k ?? 2 }, registry)
  delete options.k
  return {
    ...config,
    // The form of pictures is an encoder's to settle.
    data: config.encoder ? data : full('dataset', data),
    encoder: config.encoder && full('encoder', config.encoder),
    training: training && {
      ...training,
      optimizer: full('optimizer', training.optimizer),
      learningRate: full('schedule', training.learningRate),
      callbacks: training.callbacks.map((callback) => full('callback', callback)),
    },
    options,
    scores: scores.map((score) => full('metric', score)),
  }
}

function completePart(kind: PluginKind, reference: PluginReference, registry: Registry) {
  const { name, options } = pluginReference(reference)
  return { name, options: completeOptions(kind, name, options, registry) }
}

function completeOptions(kind: PluginKind, name: string, given: object, registry: Registry): Record<string, unknown> {
  const schema = registry.get(kind, name).options
  const parsed = schema.safeParse(given)
  // What a schema makes of values may be anything; what was given may be written down.
  const options: Record<string, unknown> = {
    ...(parsed?.success && plain(parsed.data) ? (parsed.data as object) : {}),
    ...given,
  }
  for (const [place, own] of Object.entries(schema instanceof z.ZodObject ? schema.shape : {})) {
    const part = (own as z.ZodType).meta()?.kind as PluginKind | undefined
    const chosen = options[place] as PluginReference | undefined
    if (part !== undefined && chosen !== undefined && registry.has(part, pluginReference(chosen).name))
      options[place] = completePart(part, chosen, registry)
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** Whether a value is the same after it was written as JSON. */
function plain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return ['string', 'boolean', 'undefined'].includes(typeof value) || value === null || Number.isFinite(value)
  const shape = Object.getPrototypeOf(value)
  return (Array.isArray(value) || shape === Object.prototype || shape === null) && Object.values(value).every(plain)
}
