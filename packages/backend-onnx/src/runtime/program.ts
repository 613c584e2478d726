import { OptionError, ShapeError } from '@dc/core/errors'
import { allocate, type ElementArray, type ElementType, elementTypeOf, elementTypes } from './element-type'
import {
  type Attribute,
  encodeModel,
  type InitializerDefinition,
  type NodeDefinition,
  type ValueDefinition,
} from './encode-model'
import type { NativeTensor } from './native'
import { loadRuntime } from './runtime'
import { Session } from './session'
import type { SessionOptions } from './session-options'

declare const brand: unique symbol
/** A value inside a program that is being built. */
export type ProgramValue = string & { readonly [brand]: true }

/** A typed array with its shape, row-major. */
export interface ArrayTensor {
  readonly data: ElementArray
  readonly dims: readonly number[]
}

/** Builds a program: declares inputs and constants, applies operators, names outputs. */
export interface ProgramBuilder {
  /** An input; a dimension given by name may differ from run to run. */
  input(name: string, type: ElementType, shape: readonly (number | string)[]): ProgramValue
  /** A constant inside the program. */
  constant(data: ElementArray, shape?: readonly number[]): ProgramValue
  /** Applies an ONNX operator with one output. `null` leaves out an optional input. */
  op(name: string, inputs: readonly (ProgramValue | null)[], attributes?: Record<string, Attribute>): ProgramValue
  /** Applies an ONNX operator with several outputs, such as `TopK`. */
  ops(
    name: string,
    outputs: number,
    inputs: readonly (ProgramValue | null)[],
    attributes?: Record<string, Attribute>,
  ): ProgramValue[]
  /** Names a result. */
  output(name: string, value: ProgramValue): void
}

/**
 * A compiled program on typed arrays.
 *
 * Made by {@link compileProgram}; runs synchronously, keeps its session until `dispose`.
 */
export class Program {
  private readonly session: Session

  constructor(
    private readonly inputs: readonly ValueDefinition[],
    private readonly outputs: readonly string[],
    model: Uint8Array,
    options: SessionOptions,
  ) {
    this.session = new Session(model, options)
  }

  /**
   * Runs the program once.
   *
   * @param values every input by name; a `Uint8Array` feeds `bool` inputs too
   * @param into arrays to write results into instead of allocating them: exact type and shape
   * @returns every output by name
   * @throws OptionError for a missing input or a wrong array type; ShapeError for dims that do not match the
   *   declaration or the array's length; BackendError with ONNX Runtime's message
   */
  run(values: Record<string, ArrayTensor>, into: Record<string, ArrayTensor> = {}): Record<string, ArrayTensor> {
    const feeds: Record<string, NativeTensor> = {}
    for (const input of this.inputs) feeds[input.name] = feed(input, values[input.name])
    const targets: Record<string, NativeTensor> = {}
    for (const name of this.outputs) {
      const target = into[name]
      if (target)
        targets[name] = {
          type: elementTypeOf(target.data, name),
          data: target.data,
          dims: target.dims,
          location: 'cpu',
        }
    }
    if (this.outputs.every((name) => name in targets)) {
      this.session.runInto(feeds, targets)
      return Object.fromEntries(this.outputs.map((name) => [name, into[name]]))
    }
    const fetches = Object.fromEntries(this.outputs.map((name) => [name, targets[name] ?? null]))
    const results = this.session.run(feeds, fetches)
    return Object.fromEntries(
      this.outputs.map((name) => [name, into[name] ?? { data: results[name].data, dims: results[name].dims }]),
    )
  }

  /** Frees the session. */
  dispose(): void {
    this.session.dispose()
  }
}

function feed(input: ValueDefinition, value: ArrayTensor | undefined): NativeTensor {
  const { name, type = 'float32', shape = [] } = input
  if (!value) throw new OptionError(`values.${name}`, value, `{ data, dims } of type ${type}`)
  const given = elementTypeOf(value.data, name)
  if (given !== type && !(type === 'bool' && given === 'uint8'))
    throw new OptionError(`values.${name}.data`, value.data, allocate(type, 0).constructor.name)
  const fits =
    value.dims.length === shape.length && shape.every((size, i) => typeof size === 'string' || size === value.dims[i])
  if (!fits) throw new ShapeError(name, value.dims, `[${shape.join(', ')}]`)
  const size = value.dims.reduce((product, d) => product * d, 1)
  if (size !== value.data.length)
    throw new ShapeError(name, value.dims, `a product of ${value.data.length}, the length of its data`)
  return { type, data: value.data, dims: value.dims, location: 'cpu' }
}

/**
 * Compiles a program of ONNX operators for typed arrays: no tfjs, no promises.
 *
 * @param build declares inputs, applies operators, names outputs
 * @param options threads, providers, spinning; see {@link SessionOptions}
 * @returns the program; call `dispose()` when done with it
 * @throws OptionError for duplicate names or a program without outputs; BackendError if ONNX Runtime does not load or
 *   rejects an operator
 * @see https://onnx.ai/onnx/operators for the operators and their attributes
 * @example
 * const gram = compileProgram((p) => {
 *   const x = p.input('x', 'float64', ['n', 'd'])
 *   p.output('gram', p.op('MatMul', [x, p.op('Transpose', [x], { perm: [1, 0] })]))
 * })
 * const { gram: g } = gram.run({ x: { data: Float64Array.of(1, 2, 3, 4), dims: [2, 2] } })
 * g.data // Float64Array [5, 11, 11, 25]
 * gram.dispose()
 */
export function compileProgram(build: (builder: ProgramBuilder) => void, options: SessionOptions = {}): Program {
  const inputs: ValueDefinition[] = []
  const nodes: NodeDefinition[] = []
  const initializers: InitializerDefinition[] = []
  const outputs: string[] = []
  let count = 0
  const ops: ProgramBuilder['ops'] = (op, outputCount, operands, attributes = {}) => {
    const results = Array.from({ length: outputCount }, () => `v${count++}` as ProgramValue)
    nodes.push({ op, inputs: operands.map((operand) => operand ?? ''), outputs: results, attributes })
    return results
  }
  const unused = (name: string, path: string) => {
    if (!name || inputs.some((input) => input.name === name) || outputs.includes(name) || /^[vc]\d+$/.test(name))
      throw new OptionError(path, name, 'a name not used yet, and not of the form v0 or c0')
  }
  build({
    input(name, type, shape) {
      unused(name, 'input')
      if (!(type in elementTypes)) throw new OptionError(`${name}.type`, type, Object.keys(elementTypes).join(', '))
      inputs.push({ name, type, shape })
      return name as ProgramValue
    },
    constant(data, shape = [data.length]) {
      const name = `c${count++}` as ProgramValue
      initializers.push({ name, type: elementTypeOf(data, 'constant'), shape, data })
      return name
    },
    op: (name, operands, attributes) => ops(name, 1, operands, attributes)[0],
    ops,
    output(name, value) {
      unused(name, 'output')
      outputs.push(name)
      nodes.push({ op: 'Identity', inputs: [value], outputs: [name] })
    },
  })
  if (outputs.length === 0) throw new OptionError('outputs', outputs, 'at least one call of output(name, value)')
  const graph = { inputs, outputs: outputs.map((name) => ({ name })), nodes, initializers }
  return new Program(inputs, outputs, encodeModel(loadRuntime().writing.prepared(graph)), options)
}
