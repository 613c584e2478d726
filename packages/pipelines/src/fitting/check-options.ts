import { OptionError, show } from '@dc/core'
import type { FitOptions } from './fit-options'

const is = {
  text: ['a text', (value: unknown) => typeof value === 'string' && value !== ''],
  object: ['an object', (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  list: ['a list of callbacks', (value: unknown) => Array.isArray(value) && value.every(is.object[1])],
  called: ['a function', (value: unknown) => typeof value === 'function'],
  reference: [
    'a name, or { name, options }',
    (value: unknown) => is.text[1](value) || (is.object[1](value) && is.text[1]((value as { name?: unknown }).name)),
  ],
  number: ['a number', (value: unknown) => typeof value === 'number'],
  count: ["a number, or 'auto'", (value: unknown) => typeof value === 'number' || value === 'auto'],
} as const

const members: Readonly<Record<keyof FitOptions, keyof typeof is>> = {
  method: 'text',
  k: 'count',
  seed: 'number',
  preset: 'text',
  options: 'object',
  training: 'object',
  start: 'text',
  labels: 'text',
  encoder: 'reference',
  corrections: 'object',
  init: 'object',
  registry: 'object',
  onProgress: 'called',
  callbacks: 'list',
  signal: 'object',
}

/** What a compiler would have said. @throws OptionError naming the option */
export function checkFitOptions(options: FitOptions): void {
  if (!is.object[1](options)) throw new OptionError('options', options, 'an object such as { method, k }')
  if (options.method === undefined)
    throw new OptionError('method', undefined, "the name of a pipeline, such as 'kmeans'")
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(members, name)) throw new OptionError(name, value, `options ${Object.keys(members).join(', ')}`)
    const [allowed, fits] = is[members[name as keyof FitOptions]]
    if (value !== undefined && !fits(value)) throw new OptionError(name, value, allowed)
  }
  const { signal, corrections, init, k } = options
  if ((corrections === undefined) !== (init === undefined))
    throw new OptionError(
      corrections ? 'init' : 'corrections',
      undefined,
      'corrections and init, the clustering that they are of, both or neither',
    )
  if (init !== undefined && !('predict' in init && 'toBytes' in init))
    throw new OptionError('init', show(init), 'what fit or load gives')
  if (corrections !== undefined && k !== undefined)
    throw new OptionError('k', k, 'nothing: corrections say how many clusters there are')
  if (signal !== undefined && !('aborted' in signal)) throw new OptionError('signal', show(signal), 'an AbortSignal')
}
