import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { DataError, quoted } from '@dc/core'

/** Message types of onnx.proto3, each with the numbers of its fields that lead to tensors. */
const fields = {
  model: { 7: 'graph', 25: 'function' },
  function: { 7: 'node' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
  entry: {},
} as const satisfies Record<string, Record<number, string>>
type Kind = keyof typeof fields

/** The field `TensorProto.data_location`, and its value for weights in another file. */
const [dataLocation, external] = [14, 1]
/** Deepest nesting of messages; protobuf itself allows no deeper. */
const deepest = 100

/**
 * The other files that hold weights of an ONNX model, as paths beside the model, sorted by name.
 *
 * @param model the model's bytes
 * @param path of the model
 * @throws DataError if the bytes are no ONNX model, or a file would be outside of the model's folder
 * @see https://github.com/onnx/onnx/blob/main/docs/ExternalData.md
 */
export function externalFiles(model: Uint8Array, path: string): string[] {
  // A file in ONNX Runtime's own format is no protobuf, and holds all its weights.
  if (String.fromCharCode(...model.subarray(4, 8)) === 'ORTM') return []
  const found = new Set<string>()
  const graphs = walk(model, 0, model.length, 'model', found, 0)
  if (!graphs) throw new DataError(`${quoted(path)} is no ONNX model, or is cut.`, { path })
  const files = new Set<string>()
  for (const location of found) {
    const relative = normalize(location)
    if (isAbsolute(relative) || relative.split(sep)[0] === '..' || location.includes('\0'))
      throw new DataError(
        `${quoted(path)} has weights in ${quoted(location)}; they may only be in its folder or below.`,
        { path, location },
      )
    files.add(join(dirname(path), relative))
  }
  return [...files].sort()
}

/** Gathers the locations of weights in a message; false if it is no message, or a model without a graph. */
function walk(bytes: Uint8Array, start: number, end: number, kind: Kind, found: Set<string>, depth: number): boolean {
  if (depth > deepest) return false
  const inner: Readonly<Record<number, Kind>> = fields[kind]
  const locations = new Set<string>()
  let [at, isExternal, hasGraph] = [start, false, false]
  while (at < end) {
    const tag = varint(bytes, at, end)
    if (!tag) return false
    const [field, wire] = [Math.floor(tag.value / 8), tag.value % 8]
    at = tag.end
    const size = wire === 1 ? { value: 8, end: at } : wire === 5 ? { value: 4, end: at } : varint(bytes, at, end)
    if (!size || field === 0 || ![0, 1, 2, 5].includes(wire)) return false
    if (wire === 0) {
      if (kind === 'tensor' && field === dataLocation) isExternal = size.value === external
      at = size.end
      continue
    }
    const stop = size.end + size.value
    if (stop > end) return false
    const next = wire === 2 ? inner[field] : undefined
    if (next === 'entry') {
      const location = locationOf(bytes, size.end, stop)
      if (location !== null) locations.add(location)
    } else if (next && !walk(bytes, size.end, stop, next, found, depth + 1)) return false
    hasGraph ||= kind === 'model' && next === 'graph'
    at = stop
  }
  if (isExternal) for (const location of locations) found.add(location)
  return kind !== 'model' || hasGraph
}

/** The value of a pair of texts whose key is `location`. */
function locationOf(bytes: Uint8Array, start: number, end: number): string | null {
  const texts: Record<number, string> = {}
  let at = start
  while (at < end) {
    const tag = varint(bytes, at, end)
    const size = tag && varint(bytes, tag.end, end)
    if (!tag || !size || size.end + size.value > end) return null
    texts[Math.floor(tag.value / 8)] = new TextDecoder().decode(bytes.subarray(size.end, size.end + size.value))
    at = size.end + size.value
  }
  return texts[1] === 'location' ? (texts[2] ?? null) : null
}

function varint(bytes: Uint8Array, start: number, end: number): { value: number; end: number } | null {
  let value = 0
  for (let i = 0; i < 10 && start + i < end; i++) {
    value += (bytes[start + i] & 127) * 2 ** (7 * i)
    if (bytes[start + i] < 128) return { value, end: start + i + 1 }
  }
  return null
}
