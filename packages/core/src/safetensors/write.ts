import { OptionError } from '../errors'
import { quoted } from '../text'
import { type SafetensorsTensor, safetensorsArrays } from './element-types'
import { lengthBytes, sizeOf } from './header'

/**
 * The bytes of a safetensors file: a uint64 length, a JSON header, the values one after another, little endian.
 *
 * @param tensors by name, in the order in which they are to stand
 * @param metadata texts kept in the header under `__metadata__`
 * @throws OptionError if a tensor's values are not as its type and shape say, or its name is `__metadata__`
 * @see https://huggingface.co/docs/safetensors, "Format"
 * @example
 * const bias = { type: 'F32', shape: [2], values: Float32Array.of(0, 1) } as const
 * const bytes = encodeSafetensors(new Map([['bias', bias]]), { licence: 'MIT' })
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries: [string, unknown][] = [['__metadata__', metadata]]
  let size = 0
  for (const [name, tensor] of tensors) {
    check(name, tensor)
    const { type: dtype, shape, values } = tensor
    entries.push([name, { dtype, shape, data_offsets: [size, size + values.byteLength] }])
    size += values.byteLength
  }
  for (const [name, text] of Object.entries(metadata))
    if (typeof text !== 'string') throw new OptionError(`metadata ${quoted(name)}`, text, 'a text')
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  // Spaces up to a multiple of eight keep the numbers aligned.
  const start = lengthBytes + 8 * Math.ceil(text.length / 8)
  const bytes = new Uint8Array(start + size).fill(0x20, lengthBytes + text.length, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - lengthBytes), true)
  bytes.set(text, lengthBytes)
  let at = start
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return bytes
}

function check(name: string, { type, shape, values }: SafetensorsTensor): void {
  const tensor = `tensor ${quoted(name)}`
  if (name === '__metadata__')
    throw new OptionError('name of a tensor', name, 'any other name: the format keeps this one')
  if (!Object.hasOwn(safetensorsArrays, type))
    throw new OptionError(`${tensor}.type`, type, Object.keys(safetensorsArrays).join(', '))
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0))
    throw new OptionError(`${tensor}.shape`, shape, 'integers ≥ 0')
  const array = safetensorsArrays[type]
  if (values[Symbol.toStringTag] !== array.name || values.length !== sizeOf(shape))
    throw new OptionError(
      `${tensor}.values`,
      `${values[Symbol.toStringTag]} of ${values.length}`,
      `${array.name} of ${sizeOf(shape)}, by its type and shape`,
    )
}
