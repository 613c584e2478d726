// For tests: five small images, and ONNX models that are chains of operators.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Attribute, encodeModel, type InitializerDefinition, type ValueDefinition } from '@dc/backend-onnx/model'
import type { Dataset } from '@dc/core'
import { type OnnxFeatureOptions, onnxFeatures } from '../onnx'

export const size = 5
/** Values of an image. */
export const pixels = 18
/** 0 … 17 */
export const counting = Array.from({ length: pixels }, (_, i) => i)

/** Images 2 × 3 with 3 channels: value i of image r is 100 r + i. */
export const images: Dataset = {
  name: 'five',
  size,
  sampleShape: [2, 3, 3],
  labels: Int32Array.of(0, 1, 0, 1, 0),
  read: async (rows) =>
    Float32Array.from({ length: rows.length * pixels }, (_, i) => rows[Math.floor(i / pixels)] * 100 + (i % pixels)),
}

/** Such images of other values. */
export const imagesOf = (values: (row: number, i: number) => number, more: Partial<Dataset> = {}): Dataset => ({
  ...images,
  ...more,
  read: async (rows) =>
    Float32Array.from({ length: rows.length * pixels }, (_, i) => values(rows[Math.floor(i / pixels)], i % pixels)),
})

export interface Step {
  op: string
  attributes?: Record<string, Attribute>
  /** Names of initializers. */
  inputs?: string[]
}

export interface Chain {
  input?: Partial<ValueDefinition>
  steps?: Step[]
  initializers?: InitializerDefinition[]
}

/** Writes a model whose operators stand one behind the other, from `x` to `y`; its input is `[n, 3, 2, 3]` by default. */
export function writeChain(path: string, { input = {}, steps = [], initializers = [] }: Chain): string {
  const chain = steps.length > 0 ? steps : [{ op: 'Identity' }]
  const nodes = chain.map(({ op, attributes = {}, inputs = [] }: Step, i) => ({
    op,
    attributes,
    inputs: [i === 0 ? 'x' : `v${i}`, ...inputs],
    outputs: [i === chain.length - 1 ? 'y' : `v${i + 1}`],
  }))
  const x: ValueDefinition = { name: 'x', type: 'float32', shape: ['n', 3, 2, 3], ...input }
  writeFileSync(path, encodeModel({ inputs: [x], outputs: [{ name: 'y' }], nodes, initializers }))
  return path
}

/** As {@link writeChain}, each model under a name of its own in a folder. */
export function chainsIn(folder: () => string): (chain: Chain) => string {
  let count = 0
  return (chain) => writeChain(join(folder(), `${count++}.onnx`), chain)
}

export const nhwc = { shape: ['n', 2, 3, 3] }
export const flat: Step = { op: 'Flatten', attributes: { axis: 1 } }
/** @param to onnx.proto's number of an element type */
export const cast = (to: number): Step => ({ op: 'Cast', attributes: { to } })
export const doubled: Pick<Chain, 'steps' | 'initializers'> = {
  steps: [{ op: 'Mul', inputs: ['two'] }],
  initializers: [{ name: 'two', type: 'float32', shape: [], data: Float32Array.of(2) }],
}
export const reshaped = (...shape: number[]): Pick<Chain, 'steps' | 'initializers'> => ({
  steps: [{ op: 'Reshape', inputs: ['shape'] }],
  initializers: [{ name: 'shape', type: 'int64', shape: [shape.length], data: BigInt64Array.from(shape.map(BigInt)) }],
})

/** A model made outside of JavaScript. */
export const fixture = (name: string) => fileURLToPath(new URL(`../onnx/fixtures/${name}`, import.meta.url))

export const featuresOf = (model: string, options: Partial<OnnxFeatureOptions> = {}, dataset = images) =>
  onnxFeatures(dataset, { model, cache: false, ...options })

export const rowOf = async (dataset: Dataset, at: number) => [...(await dataset.read([at]))]
