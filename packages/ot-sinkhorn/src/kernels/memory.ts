import { DcError } from '@dc/core'
import { binary } from './binary'
import { createParallel, type Parallel } from './threads'

/** What assembly/kernels.ts exports; documented there. Pointers are byte offsets. */
export interface Kernels {
  exponentials(
    cost: number,
    columns: number,
    out: number,
    stride: number,
    width: number,
    zero: number,
    count: number,
    shift: number,
    inverse: number,
    m: number,
    fit: number,
  ): void
  pass(
    w: number,
    stride: number,
    from: number,
    to: number,
    x: number,
    weights: number,
    rule: number,
    power: number,
    limits: number,
    r: number,
    u: number,
    c: number,
  ): void
  plan(
    w: number,
    stride: number,
    u: number,
    v: number,
    columns: number,
    from: number,
    to: number,
    scale: number,
    keep: number,
    out: number,
  ): void
  sparseProduct(
    offsets: number,
    indices: number,
    values: number,
    x: number,
    columns: number,
    from: number,
    to: number,
    out: number,
  ): void
  addScaled(out: number, x: number, scale: number, count: number): void
  product(x: number, y: number, count: number): number
}

/** A stretch of float64 in the kernels' memory. */
export interface Block {
  readonly pointer: number
  readonly values: Float64Array
}

/** Lends uninitialised blocks, each starting at a multiple of 64 bytes. */
export type Allocate = (length: number) => Block

const page = 65_536
const largest = 65_536 * page
let instance: { memory: WebAssembly.Memory; kernels: Kernels; parallel: Parallel; top: number } | undefined
let lent = 0

function open() {
  if (instance) return instance
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
  const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (c) => c.charCodeAt(0)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const kernels = exports as unknown as Kernels
  // The first page holds the kernels' own constants.
  instance = { memory, kernels, parallel: createParallel(module, memory, kernels), top: page }
  return instance
}

/**
 * Lends memory to a function and takes it back when the function returns or throws. Calls may nest; the memory grows
 * as needed, up to 4 GiB, and stays for the next call.
 *
 * @param run gets the kernels, an allocator, and a runner of several calls side by side
 * @throws DcError if more than 4 GiB are asked for
 */
export function withKernels<T>(run: (kernels: Kernels, allocate: Allocate, parallel: Parallel) => T): T {
  const state = open()
  const mark = state.top
  const allocate: Allocate = (length) => {
    const pointer = state.top
    const end = pointer + Math.ceil(length / 8) * 64
    if (end > largest) throw new DcError('The transport kernels need more than 4 GiB.', { bytes: end })
    const missing = end - state.memory.buffer.byteLength
    if (missing > 0) state.memory.grow(Math.ceil(missing / page))
    state.top = end
    lent++
    return { pointer, values: new Float64Array(state.memory.buffer, pointer, length) }
  }
  try {
    return run(state.kernels, allocate, state.parallel)
  } finally {
    state.top = mark
  }
}

/**
 * How many blocks were lent so far. As long as that has not changed, the blocks of a call that has returned still hold
 * what it left in them, and may be read and written.
 */
export const blocksLent = () => lent
