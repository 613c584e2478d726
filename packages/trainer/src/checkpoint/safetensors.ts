import { DataError, DcError } from '@dc/core'

/** A tensor on the host: what a checkpoint file holds. */
export interface HostTensor {
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array | Uint8Array
}

const codes = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const
const arrays = { F32: Float32Array, I32: Int32Array, BOOL: Uint8Array } as const
const dtypes = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const
type Code = keyof typeof arrays

interface Entry {
  dtype: Code
  shape: number[]
  data_offsets: [number, number]
}

/**
 * Packs tensors as safetensors: a uint64 length, a JSON header, the values, little endian. Python reads it with
 * `safetensors.numpy.load_file`.
 *
 * @param metadata texts kept in the header under `__metadata__`
 * @see https://huggingface.co/docs/safetensors, "Format"
 * @example
 * writeFileSync('w.safetensors', encodeSafetensors({ w: { dtype: 'float32', shape: [2], values } }, { step: '7' }))
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, HostTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    if (!(dtype in codes)) throw new DcError(`Tensor '${name}' of dtype ${dtype} cannot be written.`, { name, dtype })
    header[name] = { dtype: codes[dtype], shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  // Padded with spaces so that the values start at a multiple of 8.
  const start = 8 + 8 * Math.ceil(text.length / 8)
  const bytes = new Uint8Array(start + offset).fill(0x20, 8 + text.length, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(text, 8)
  let at = start
  for (const { values } of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return bytes
}

/**
 * Reads what {@link encodeSafetensors} wrote, or any safetensors of float32, int32 and bool.
 *
 * @param name of the file, for errors
 * @throws DataError if the bytes are no whole safetensors file
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  name: string,
): { tensors: Record<string, HostTensor>; metadata: Record<string, string> } {
  const broken = (what: string) => new DataError(`'${name}' is not a whole safetensors file: ${what}.`, { name })
  if (bytes.length < 8) throw broken('it has fewer than 8 bytes')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = 8 + Number(view.getBigUint64(0, true))
  if (start > bytes.length) throw broken('it ends inside its header')
  let header: Record<string, Entry>
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)))
  } catch {
    throw broken('its header is not JSON')
  }
  const { __metadata__, ...entries } = header as Record<string, Entry> & { __metadata__?: Record<string, string> }
  const tensors: Record<string, HostTensor> = {}
  for (const [key, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const kind = arrays[dtype]
    if (!kind) throw broken(`tensor '${key}' has dtype ${dtype}; readable are ${Object.keys(arrays).join(', ')}`)
    const [from, to] = data_offsets
    const size = shape.reduce((product, side) => product * side, 1)
    if (to - from !== size * kind.BYTES_PER_ELEMENT || start + to > bytes.length)
      throw broken(`tensor '${key}' of shape [${shape.join(', ')}] does not fit`)
    tensors[key] = { dtype: dtypes[dtype], shape, values: new kind(copy(bytes, start + from, start + to)) }
  }
  return { tensors, metadata: (__metadata__ as Record<string, string> | undefined) ?? {} }
}

/** A copy, for alignment; `slice` of a Buffer would be a view of a larger one. */
function copy(bytes: Uint8Array, from: number, to: number): ArrayBuffer {
  const out = new Uint8Array(to - from)
  out.set(bytes.subarray(from, to))
  return out.buffer
}
