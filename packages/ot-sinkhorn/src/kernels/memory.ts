import { DcError } from '@dc/core/plugin'
import { binary } from './binary'
import { helperStarter } from './helpers'
import type { Kernels } from './kernels'
import { createParallel, type Parallel } from './threads'

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
  if (instance && !instance.parallel.broken) return instance
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
  const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (c) => c.charCodeAt(0)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const kernels = exports as unknown as Kernels
  // The first page holds the kernels' own constants.
  instance = { memory, kernels, parallel: createParallel(kernels, helperStarter(module, memory)), top: page }
  return instance
}

/**
 * Lends memory to a function and takes it back when the function returns or throws. Calls may nest; the memory grows
 * as needed, up to 4 GiB, and stays for the next call.
 *
 * @param run gets the kernels, an allocator, and a runner of several calls side by side
 * @throws DcError if more than 4 GiB are asked for, or a thread fails
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
 * How many blocks were lent so far. While that number is unchanged, the blocks of a call that has returned still hold their
 * numbers, and may be read and written.
 */
export const blocksLent = () => lent
