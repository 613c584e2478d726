import { runCopied } from './copied'
import type { ElementArray } from './element-type'
import { encodeModel, type GraphDefinition } from './encode-model'
import { runInPlace, stoppingBeforeCopies } from './in-place'
import { type Binding, type Feeds, type NativeSession, type NativeTensor, unsupported } from './native'
import { nativeOptions } from './session-options'

/** How results reach the arrays that are given for them. */
export interface Writing {
  readonly how: 'in place' | 'copied'
  /** Why results are not written in place. */
  readonly reason?: string
  /** The graph in the form in which it must be compiled. */
  prepared(graph: GraphDefinition): GraphDefinition
  /** Runs a session of such a graph. */
  run(session: NativeSession, feeds: Feeds, outputs: Record<string, NativeTensor>): void
}

const inPlace: Writing = { how: 'in place', prepared: stoppingBeforeCopies, run: runInPlace }
const copied: Writing = { how: 'copied', prepared: (graph) => graph, run: runCopied }

/**
 * The way that works with this binding. Writing in place relies on the binding's internals, which may change with any
 * version; if it fails, results are copied.
 *
 * @throws BackendError if neither works
 */
export function chooseWriting(binding: Binding): Writing {
  const reason = faultOf(inPlace, binding)
  if (reason === null) return inPlace
  const fault = faultOf(copied, binding)
  if (fault !== null) throw unsupported(fault)
  return { ...copied, reason }
}

const size = 5
const picked = [4, 1]

/** Runs a small model with arrays of all the kinds that are used. Returns what goes wrong; null if nothing does. */
function faultOf(writing: Writing, { InferenceSession }: Binding): string | null {
  const graph: GraphDefinition = {
    inputs: [
      { name: 'x', type: 'float32', shape: [size] },
      { name: 'i', type: 'int64', shape: [picked.length] },
    ],
    outputs: [{ name: 'negative' }, { name: 'picked' }, { name: 'sign' }],
    nodes: [
      { op: 'Neg', inputs: ['x'], outputs: ['negative'] },
      { op: 'Gather', inputs: ['x', 'i'], outputs: ['picked'] },
      { op: 'Greater', inputs: ['x', 'negative'], outputs: ['sign'] },
    ],
  }
  const model = encodeModel(writing.prepared(graph))
  const session = new InferenceSession()
  try {
    session.loadModel(
      model.buffer,
      model.byteOffset,
      model.byteLength,
      nativeOptions({ threads: 1, spinning: false, optimization: 'disabled' }),
    )
    try {
      return faultOfRuns(writing, session)
    } finally {
      session.dispose()
    }
  } catch (error) {
    return `it fails: ${error instanceof Error ? error.message : error}`
  }
}

/** Makes arrays inside larger ones, whose other values must not change; one of them lies in memory of WebAssembly. */
function faultOfRuns(writing: Writing, session: NativeSession): string | null {
  const memory = new Float32Array(new WebAssembly.Memory({ initial: 1 }).buffer).fill(7, 0, 3 * size)
  const input = new Float32Array(3 * size).fill(7)
  const few = new Float32Array(3 * picked.length).fill(7)
  const signs = new Uint8Array(3 * size).fill(7)
  const x = input.subarray(size, 2 * size)
  const outputs = {
    negative: tensor('float32', memory.subarray(size, 2 * size)),
    picked: tensor('float32', few.subarray(picked.length, 2 * picked.length)),
    sign: tensor('bool', signs.subarray(size, 2 * size)),
  }
  const feeds = { x: tensor('float32', x), i: tensor('int64', BigInt64Array.from(picked, BigInt)) }
  for (const factor of [1, -2]) {
    x.forEach((_, i) => {
      x[i] = factor * (i - 2)
    })
    const values = [...x]
    writing.run(session, feeds, outputs)
    const same = (found: Iterable<number>, expected: readonly number[]) =>
      String([...found]) === String(around(expected))
    if (!same(input, values)) return 'it changes its inputs'
    const right =
      same(
        memory.subarray(0, 3 * size),
        values.map((value) => -value),
      ) &&
      same(
        few,
        picked.map((i) => values[i]),
      ) &&
      same(
        signs,
        values.map((value) => Number(value > 0)),
      )
    if (!right) return 'it does not write its results into the arrays that it is given'
  }
  return null
}

const tensor = (type: string, data: ElementArray): NativeTensor => ({
  type,
  data,
  dims: [data.length],
  location: 'cpu',
})

/** An array within one of its threefold size. */
const around = (values: readonly number[]) => [...values.map(() => 7), ...values, ...values.map(() => 7)]
