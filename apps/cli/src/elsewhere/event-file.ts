// TensorBoard's event files: records of TensorFlow's TFRecord form, each a message `tensorflow.Event` of protocol buffers.
// The few fields that a scalar needs are written here; tests read them again by TensorBoard's own numbers.

/** A number of a training at a step. */
export interface Scalar {
  readonly tag: string
  readonly step: number
  readonly value: number
  /** Seconds since 1970. */
  readonly time: number
}

/** The bytes of an event file. Values that are no finite numbers are left out. */
export function eventFile(scalars: readonly Scalar[], start: number): Uint8Array {
  const version = message(double(1, start), text(3, 'brain.Event:2'))
  const records = scalars
    .filter(({ value }) => Number.isFinite(value))
    .map(({ tag, step, value, time }) => {
      const summary = message(bytes(1, message(text(1, tag), float(2, value))))
      return message(double(1, time), varint(2, step), bytes(5, summary))
    })
  return Buffer.concat([version, ...records].map(record))
}

/** length, its checksum, data, its checksum; little-endian. */
function record(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(16 + data.length)
  const view = new DataView(out.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, masked(out.subarray(0, 8)), true)
  out.set(data, 12)
  view.setUint32(12 + data.length, masked(data), true)
  return out
}

/** CRC-32C as TFRecord keeps it: turned and shifted, so that checksums of checksums stay strong. */
function masked(data: Uint8Array): number {
  const crc = crc32c(data)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** CRC-32C (Castagnoli), RFC 3720, appendix B.4. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

// Protocol buffers: a field is its number and wire type, then its value.
const message = (...fields: Uint8Array[]): Uint8Array => Buffer.concat(fields)
const key = (field: number, wire: number) => varintBytes((field << 3) | wire)
const varint = (field: number, value: number) => Buffer.concat([key(field, 0), varintBytes(value)])
const bytes = (field: number, value: Uint8Array) => Buffer.concat([key(field, 2), varintBytes(value.length), value])
const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value))

function double(field: number, value: number): Uint8Array {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setFloat64(0, value, true)
  return Buffer.concat([key(field, 1), out])
}

function float(field: number, value: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setFloat32(0, value, true)
  return Buffer.concat([key(field, 5), out])
}

function varintBytes(value: number): Uint8Array {
  const out: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128)
  out.push(rest)
  return Uint8Array.from(out)
}
