import { DataError, type NamedArrays, OptionError, quoted, show } from '@dc/core'
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsTensor,
  type SafetensorsType,
} from '@dc/core/safetensors'
import { fromFile, type HostTensor, toFile } from '@dc/trainer'
import { type ModelData, type ModelFacts, modelFacts } from './model-data'

const format = 'dclust-model-1'

/**
 * A model as the bytes of one safetensors file. The facts are JSON in its header, the arrays are named `weights/…`, `state/…`,
 * `rule/…` and `input/…`; a SHA-256 of all of them stands beside the facts. The same model gives the same bytes.
 */
export async function encodeModel({ facts, weights, state, rule, input }: ModelData): Promise<Uint8Array> {
  const tensors = new Map<string, SafetensorsTensor>([
    ...Object.entries(weights).map(([name, tensor]) => [`weights/${name}`, toFile(tensor)] as const),
    ...arraysOf('state', state),
    ...arraysOf('rule', rule),
    ...arraysOf('input', input),
  ])
  const text = JSON.stringify(facts)
  return encodeSafetensors(tensors, { format, model: text, sha256: await digest(text, tensors) })
}

/**
 * Reads a model's bytes.
 *
 * @param name of the file, for messages
 * @throws DataError if they are no model, of another version, or not as they were written
 */
export async function decodeModel(bytes: Uint8Array, name: string): Promise<ModelData> {
  const { tensors, metadata } = decodeSafetensors(bytes, name)
  const found = metadata.get('format')
  if (found !== format) {
    const what = found?.startsWith('dclust-model-')
      ? `a model of another version (${found}; this one reads ${format})`
      : 'no model'
    throw new DataError(`${quoted(name)} is ${what}: a model is written by save().`, { file: name })
  }
  const broken = (what: string) => new DataError(`${quoted(name)} is not a whole model: ${what}.`, { file: name })
  const text = metadata.get('model') ?? ''
  if ((await digest(text, tensors)) !== metadata.get('sha256')) throw broken('it does not have its checksum')
  const groups: Record<string, [string, SafetensorsTensor][]> = { weights: [], state: [], rule: [], input: [] }
  for (const [path, tensor] of tensors) {
    const [group, ...rest] = path.split('/')
    if (!Object.hasOwn(groups, group)) throw broken(`it holds ${quoted(path)}`)
    groups[group].push([rest.join('/'), tensor])
  }
  const weights = groups.weights.map(([key, tensor]): [string, HostTensor] => {
    const host = fromFile(tensor)
    if (!host) throw broken(`weights ${quoted(key)} are of type ${tensor.type}`)
    return [key, host]
  })
  const arrays = (group: string): NamedArrays =>
    Object.fromEntries(
      groups[group].map(([key, { type, shape, values }]) => {
        if (!Object.hasOwn(arrayTypes, type)) throw broken(`${quoted(key)} is of type ${type}`)
        return [key, { shape, values: values as NamedArrays[string]['values'] }]
      }),
    )
  return {
    facts: parseFacts(text, broken),
    weights: Object.fromEntries(weights),
    state: arrays('state'),
    rule: arrays('rule'),
    input: arrays('input'),
  }
}

const arrayTypes = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const satisfies Partial<
  Record<SafetensorsType, unknown>
>

function arraysOf(group: string, arrays: NamedArrays): [string, SafetensorsTensor][] {
  return Object.entries(arrays).map(([name, { shape, values }]) => {
    const type = (Object.keys(arrayTypes) as (keyof typeof arrayTypes)[]).find(
      (candidate) => values[Symbol.toStringTag] === arrayTypes[candidate].name,
    )
    if (!type) throw new OptionError(`${group} ${quoted(name)}`, values, 'a Float32Array, Float64Array or Int32Array')
    return [`${group}/${name}`, { type, shape, values }]
  })
}

function parseFacts(text: string, broken: (what: string) => DataError): ModelFacts {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken('its facts are no JSON')
  }
  const result = modelFacts.safeParse(value)
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  throw broken(`${path.join('.') || 'its facts'}: ${show(message)}`)
}

/** SHA-256 in hexadecimal, of the facts and of every array with its name, type and shape. */
async function digest(facts: string, tensors: ReadonlyMap<string, SafetensorsTensor>): Promise<string> {
  const heads = [...tensors].map(([name, { type, shape }]) => [name, type, ...shape])
  const parts: Uint8Array[] = [new TextEncoder().encode(JSON.stringify([facts, heads]))]
  for (const { values } of tensors.values())
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
