import type { AnyPlugin } from './plugin-form'

/** What something must be, in words, and whether a value is it. */
export interface Form {
  readonly allowed: string
  readonly fits: (value: unknown) => boolean
}

/** What a plugin's product must have, and what its methods must give: where a name is missing, anything goes. */
export interface ProductForm {
  readonly members: Readonly<Record<string, Form>>
  readonly results: Readonly<Record<string, Form>>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
const isTensor = (value: unknown) => isObject(value) && Array.isArray(value.shape) && typeof value.dtype === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !Array.isArray(value) && !isTensor(value)
const haveTensors = (value: unknown) => isRecord(value) && Object.values(value).every(isTensor)

const text: Form = { allowed: 'text', fits: (value) => typeof value === 'string' }
const number: Form = { allowed: 'a number', fits: (value) => typeof value === 'number' }
const truth: Form = { allowed: 'true or false', fits: (value) => typeof value === 'boolean' }
const method: Form = { allowed: 'a function', fits: (value) => typeof value === 'function' }
const shape: Form = {
  allowed: 'a list of whole numbers',
  fits: (value) => Array.isArray(value) && value.every(Number.isInteger),
}
const isSize = ({ height, width }: Record<string, unknown>) => Number.isInteger(height) && Number.isInteger(width)
const record: Form = { allowed: 'an object', fits: isRecord }
const tensor: Form = { allowed: 'a tensor', fits: isTensor }
const ranked = (rank: number, allowed: string): Form => ({
  allowed,
  fits: (value) => isTensor(value) && (value as { shape: readonly number[] }).shape.length === rank,
})
const scalar = ranked(0, 'a tensor of one number')
const scalars: Form = {
  allowed: 'an object of such tensors',
  fits: (value) => isRecord(value) && Object.values(value).every(scalar.fits),
}
const tensors: Form = { allowed: 'an object of tensors', fits: haveTensors }
const someTensors: Form = {
  allowed: 'an object of at least one tensor by name',
  fits: (value) => haveTensors(value) && Object.keys(value as object).length > 0,
}
const views: Form = { allowed: 'a list of tensors', fits: (value) => Array.isArray(value) && value.every(isTensor) }
const array = (type: typeof Float32Array | typeof Int32Array): Form => ({
  allowed: `a ${type.name}`,
  fits: (value) => value instanceof type,
})
/** An object with these members. */
const having = (members: Readonly<Record<string, Form>>): Form => ({
  allowed: `an object of ${Object.entries(members)
    .map(([name, { allowed }]) => `${name} (${allowed})`)
    .join(', ')}`,
  fits: (value) => isRecord(value) && Object.entries(members).every(([name, { fits }]) => fits(value[name])),
})

const layer: ProductForm = {
  members: { inputShape: shape, outputShape: shape, variables: record, apply: method },
  results: { apply: tensor },
}
const rows = having({ labels: array(Int32Array), embedding: array(Float32Array), width: number })
const classical: ProductForm = {
  members: { fit: method, predict: method, state: method, restore: method },
  results: { fit: rows, predict: rows },
}

const forms: Readonly<Record<AnyPlugin['kind'], ProductForm>> = {
  backend: {
    members: { name: text, available: method, activate: method },
    results: { available: having({ ok: truth }) },
  },
  dataset: {
    members: { name: text, size: number, sampleShape: shape, read: method },
    results: { read: array(Float32Array) },
  },
  encoder: {
    members: {
      name: text,
      features: number,
      checksum: text,
      batchSize: number,
      input: {
        allowed: "{ of: 'pictures', height, width, channels, fit } or { of: 'texts' }",
        fits: (value) => isRecord(value) && (value.of === 'texts' || (value.of === 'pictures' && isSize(value))),
      },
      encode: method,
    },
    results: { encode: array(Float32Array) },
  },
  augmentation: { members: { views: number, apply: method }, results: { apply: views } },
  backbone: layer,
  head: layer,
  affinity: { members: { graph: method }, results: { graph: record } },
  assigner: { members: { assign: method }, results: { assign: tensor, inputs: tensors } },
  loss: { members: { elements: method }, results: { elements: someTensors } },
  optimizer: {
    members: { init: method, update: method },
    results: { init: tensors, update: having({ parameters: tensors, state: tensors }) },
  },
  schedule: { members: { value: method }, results: { value: number } },
  metric: {
    members: {
      higherIsBetter: truth,
      needs: { allowed: "'truth' or 'features'", fits: (value) => value === 'truth' || value === 'features' },
      compute: method,
    },
    results: { compute: number },
  },
  callback: { members: {}, results: {} },
  pipeline: {
    members: { model: having({ variables: record }), views: method, step: method, infer: method },
    results: {
      views,
      inputs: tensors,
      step: having({ loss: scalar, logs: scalars }),
      infer: having({ embedding: ranked(2, 'a tensor [n, d]'), labels: ranked(1, 'a tensor [n]') }),
    },
  },
}

/** The form of what a plugin makes. */
export const productForm = ({ kind, traits }: AnyPlugin): ProductForm =>
  kind === 'pipeline' && traits?.classical ? classical : forms[kind]
