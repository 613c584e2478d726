import { DataError } from '@dc/core/plugin'
import { z } from 'zod'

/** Arrays of numbers by their names. */
export type Arrays = Readonly<Record<string, Float64Array | Float32Array | Int32Array>>

const types = { f8: Float64Array, f4: Float32Array, i4: Int32Array } as const
type Type = keyof typeof types
const typeOf = (values: Arrays[string]): Type =>
  values instanceof Float64Array ? 'f8' : values instanceof Float32Array ? 'f4' : 'i4'

/** Arrays as bytes: a line of JSON that says what they are, then their values, each from a multiple of 8 on. */
export function packed(arrays: Arrays): Uint8Array {
  const entries = Object.entries(arrays)
  const header = JSON.stringify(entries.map(([name, values]) => [name, typeOf(values), values.length]))
  const start = Math.ceil((header.length + 1) / 8) * 8
  const out = new Uint8Array(entries.reduce((at, [, { byteLength }]) => at + padded(byteLength), start))
  out.set(new TextEncoder().encode(`${header.padEnd(start - 1)}\n`))
  let at = start
  for (const [, { buffer, byteOffset, byteLength }] of entries) {
    out.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += padded(byteLength)
  }
  return out
}

/** @throws DataError for bytes that are none of {@link packed} */
export function unpacked<Names extends string>(bytes: Uint8Array): Record<Names, Arrays[string]> {
  const end = bytes.indexOf(10)
  const fail = () => new DataError('These bytes are no arrays.', { bytes: bytes.length })
  const header = end < 0 ? undefined : headerSchema.safeParse(plain(bytes.subarray(0, end))).data
  if (!header || (end + 1) % 8 !== 0) throw fail()
  // A Buffer may lie at any place of a larger one.
  const { buffer } = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes)
  const first = bytes.byteOffset % 8 === 0 ? bytes.byteOffset : 0
  let at = end + 1
  const found: Record<string, Arrays[string]> = Object.create(null)
  for (const [name, type, length] of header) {
    const size = length * types[type].BYTES_PER_ELEMENT
    if (at + size > bytes.length) throw fail()
    found[name] = new types[type](buffer as ArrayBuffer, first + at, length)
    at += padded(size)
  }
  return found as Record<Names, Arrays[string]>
}

const headerSchema = z.array(z.tuple([z.string(), z.enum(['f8', 'f4', 'i4']), z.int().nonnegative()]))

function plain(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

const padded = (bytes: number) => Math.ceil(bytes / 8) * 8
