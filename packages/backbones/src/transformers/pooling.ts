import { DataError, quoted } from '@dc/core'
import type { FoundTensor } from './library'

type Found = Readonly<Record<string, FoundTensor>>

/**
 * What a network says of whole pictures, `[n, width]`: its embedding, or of the vectors of their parts the first or the mean; of
 * a map the mean of its places.
 *
 * @throws DataError for an output of another form
 */
export function pictureVectors(found: Found, tokens: 'first' | 'mean', rows: number, name: string): Float32Array {
  const { dims, data } = outputOf(found, ['image_embeds', 'last_hidden_state', 'pooler_output'], rows, name)
  if (dims.length === 2) return Float32Array.from(data, Number)
  const map = dims.length === 4
  if (dims.length !== 3 && !map) throw unreadable(dims, rows, name)
  const [vectors, width] = map ? [dims[2] * dims[3], dims[1]] : [dims[1], dims[2]]
  const [stride, step] = map ? [1, vectors] : [width, 1]
  const taken = map || tokens === 'mean' ? vectors : 1
  const out = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < width; d++) {
      let total = 0
      for (let vector = 0; vector < taken; vector++)
        total += Number(data[row * vectors * width + vector * stride + d * step])
      out[row * width + d] = total / taken
    }
  return out
}

/**
 * What a network says of texts, `[n, width]`: its sentence embedding, or of its tokens the first or the mean. Tokens that only fill
 * a batch do not count. A text without any token has zeros.
 */
export function textVectors(
  found: Found,
  mask: FoundTensor | undefined,
  tokens: 'first' | 'mean',
  name: string,
): Float32Array {
  const rows = mask?.dims[0] ?? Object.values(found)[0]?.dims[0] ?? 0
  const names = ['sentence_embedding', 'last_hidden_state', 'token_embeddings', 'logits']
  const { dims, data } = outputOf(found, names, rows, name)
  if (dims.length === 2) return Float32Array.from(data, Number)
  if (dims.length !== 3) throw unreadable(dims, rows, name)
  const [, length, width] = dims
  const out = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    let count = 0
    for (let token = 0; token < length && !(tokens === 'first' && count === 1); token++) {
      if (mask && Number(mask.data[row * length + token]) === 0) continue
      count++
      for (let d = 0; d < width; d++) out[row * width + d] += Number(data[(row * length + token) * width + d])
    }
    for (let d = 0; d < width; d++) out[row * width + d] /= Math.max(1, count)
  }
  return out
}

/** Rows of length 1; zeros stay. They are overwritten. */
export function unitRows(values: Float32Array, rows: number): Float32Array {
  const width = values.length / rows
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * width, (row + 1) * width)
    const length = Math.hypot(...own)
    if (length > 0) for (let d = 0; d < width; d++) own[d] /= length
  }
  return values
}

function outputOf(found: Found, names: readonly string[], rows: number, name: string): FoundTensor {
  const output = names.map((each) => found[each]).find((each) => each !== undefined) ?? Object.values(found)[0]
  if (!output || output.dims[0] !== rows) throw unreadable(output?.dims ?? [], rows, name)
  return output
}

const unreadable = (dims: readonly number[], rows: number, name: string) =>
  new DataError(
    `The model ${quoted(name)} gives [${dims.join(', ')}] for ${rows} rows; expected a vector for each, or several.`,
    {
      model: name,
    },
  )
