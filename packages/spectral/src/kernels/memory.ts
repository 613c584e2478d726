import { DcError } from '@dc/core/plugin'
import type { Matrix } from '@dc/core/points'
import { binary } from './binary'

/** What assembly/kernels.ts exports; documented there. Pointers are byte offsets. */
export interface Kernels {
  zeroIfFinite(x: number, count: number): number
  squaredDistances(x: number, base: number, rows: number, count: number, columns: number, out: number): void
  squaredDistances32(x: number, base: number, rows: number, count: number, columns: number, out: number): void
  addDeviation(x: number, origin: number, count: number, weight: number, out: number): void
  addDeviation32(x: number, origin: number, count: number, weight: number, out: number): void
  addDeviations(x: number, rows: number, columns: number, origin: number, sums: number): number
  widenRanges(x: number, rows: number, columns: number, lows: number, highs: number): void
  quantise(
    x: number,
    rows: number,
    columns: number,
    lows: number,
    perStep: number,
    out: number,
    norms: number,
    errors: number,
  ): void
  recur(
    offsets: number,
    indices: number,
    values: number,
    rows: number,
    width: number,
    x: number,
    before: number,
    scale: number,
    centre: number,
    keep: number,
    out: number,
  ): void
  transposedTimes(x: number, p: number, y: number, q: number, rows: number, out: number): void
  timesSmall(x: number, p: number, c: number, q: number, rows: number, out: number): void
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array

/** A stretch of the kernels' memory. */
export interface Block<T extends Numbers> {
  readonly pointer: number
  /** The numbers of the stretch. Read this anew if the memory may have grown: earlier arrays are then empty. */
  readonly values: T
}

/** Lends uninitialised blocks of so many numbers, each starting at a multiple of 64 bytes. */
export interface Lender {
  readonly kernels: Kernels
  floats(length: number): Block<Float64Array>
  floats32(length: number): Block<Float32Array>
  integers(length: number): Block<Int32Array>
  bytes(length: number): Block<Uint8Array>
}

const page = 65_536
const largest = 65_536 * page
let instance: { memory: WebAssembly.Memory; kernels: Kernels; top: number } | undefined

function open() {
  if (instance) return instance
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (c) => c.charCodeAt(0)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  // The first page holds the kernels' own constants.
  instance = { memory, kernels: exports as unknown as Kernels, top: page }
  return instance
}

/**
 * Lends memory to a function and takes it back when the function returns or throws. Calls may nest; the memory grows
 * as needed, up to 4 GiB, and stays for the next call.
 *
 * @throws DcError if more than 4 GiB are asked for
 */
export function withKernels<T>(run: (lender: Lender) => T): T {
  const state = open()
  const { memory, kernels, top } = state
  const lend =
    <B extends Numbers>(make: new (buffer: ArrayBuffer, at: number, length: number) => B, size: number) =>
    (length: number): Block<B> => {
      const pointer = state.top
      const end = pointer + Math.ceil((length * size) / 64) * 64
      if (end > largest) throw new DcError('The kernels need more than 4 GiB.', { bytes: end })
      const missing = end - memory.buffer.byteLength
      if (missing > 0) memory.grow(Math.ceil(missing / page))
      state.top = end
      let values = new make(memory.buffer, pointer, length)
      return {
        pointer,
        get values() {
          if (values.length < length) values = new make(memory.buffer, pointer, length)
          return values
        },
      }
    }
  try {
    return run({
      kernels,
      floats: lend(Float64Array, 8),
      floats32: lend(Float32Array, 4),
      integers: lend(Int32Array, 4),
      bytes: lend(Uint8Array, 1),
    })
  } finally {
    state.top = top
  }
}

/** About this many values pass through the kernels' memory at a time, so that they stay in the cache. */
export const batchValues = 2 ** 16

/** Copies rows into the kernels' memory, as float64, batch by batch. */
export function eachBatch(
  { values, rows, columns }: Matrix,
  { floats }: Lender,
  visit: (pointer: number, from: number, count: number) => void,
): void {
  const most = Math.max(1, Math.min(rows, Math.floor(batchValues / columns)))
  const batch = floats(most * columns)
  for (let from = 0; from < rows; from += most) {
    const count = Math.min(most, rows - from)
    batch.values.set(values.subarray(from * columns, (from + count) * columns))
    visit(batch.pointer, from, count)
  }
}
