import { gzipSync } from 'node:zlib'
import type { Packed } from './page-data'

/** The smallest type that holds numbers from `least` to `most`. */
const typeFor = (least: number, most: number): Packed['type'] =>
  least < 0 || most > 65_535 ? 'i32' : most > 255 ? 'u16' : 'u8'

const arrays = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array } as const

/** Packs integers. */
export function packed(values: ArrayLike<number>): Packed {
  let [least, most] = [0, 0]
  for (let at = 0; at < values.length; at++) {
    if (values[at] < least) least = values[at]
    if (values[at] > most) most = values[at]
  }
  const type = typeFor(least, most)
  return { type, bytes: Buffer.from(arrays[type].from(values).buffer).toString('base64') }
}

/** JSON, compressed, as base64: no character of it means anything in HTML, whatever the names in it are. */
export const zipped = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64')
