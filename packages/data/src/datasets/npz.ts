import { DataError, definePlugin, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { baseName, type FileSource, sourceName } from '../file-source'
import type { ReadOptions } from '../files'
import type { NpyHeader } from '../formats/npy'
import { elementOf } from '../formats/npy-elements'
import { type Npz, openNpz } from '../formats/npz'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { someOf } from '../some-of'
import { describeSamples, labelsOf, samplesOf } from './array-samples'

/** Which arrays of the file are samples and labels. */
export interface NpzOptions extends ReadOptions {
  /** Array of samples, as {@link loadNpy} takes them; by default the only one of numbers of rank 2 or more. */
  readonly features?: string
  /**
   * Array `[n]`, `[n, 1]` or `[1, n]`; `false` for none. By default the array whose name says so: `y`, `labels`, `targets`,
   * `classes`. Of several such arrays, the one whose name otherwise equals that of the samples: `y_train` for `x_train`.
   */
  readonly labels?: string | false
}

/**
 * Loads embeddings or images from a NumPy `.npz` file. Of the other arrays only the headers are read.
 *
 * @returns a dataset; if arrays were not named, its `notices` say which were taken
 * @throws DataError if the file is broken, an array is absent or of another form, or it is not clear which array is meant
 * @example
 * const dataset = await loadNpz('embeddings.npz', { features: 'x', labels: 'y' })
 */
export async function loadNpz(file: FileSource, options: NpzOptions = {}): Promise<MemoryDataset> {
  const path = sourceName(file)
  return openNpz(file, options, async (npz) => {
    const asked = options.features !== undefined && options.labels !== undefined
    const { headers, unread } = asked ? { headers: new Map(), unread: [] } : await readableHeaders(npz)
    const chosen = options.features ?? onlySamples(headers, options, path, npz)
    const features = await npz.read(chosen)
    const samples = samplesOf(features, `${path}:${chosen}`)
    const found =
      options.labels === undefined
        ? labelsFor(chosen, features.shape[0], headers, unread)
        : { name: options.labels, notices: [] }
    const { notices = [], ...known } = found.name
      ? labelsOf(await npz.read(found.name), features.shape, `${path}:${found.name}`)
      : {}
    const took = options.features === undefined ? [`took ${described(chosen, features.shape)} as the samples`] : []
    return memoryDataset({
      name: baseName(path),
      ...samples,
      ...known,
      notices: [...took, ...found.notices, ...notices],
      metadata: { source: path, array: chosen, ...(found.name ? { labels: found.name } : {}) },
    })
  })
}

/** The headers of what can be read, and the names of what cannot. */
async function readableHeaders(npz: Npz): Promise<{ headers: Map<string, NpyHeader>; unread: string[] }> {
  const headers = new Map<string, NpyHeader>()
  const unread: string[] = []
  for (const name of npz.names) {
    const header = await npz.header(name)
    if (header && isReadable(header)) headers.set(name, header)
    else unread.push(name)
  }
  return { headers, unread }
}

const described = (name: string, shape: readonly number[]) => `${quoted(name, 60)} of shape [${shape.join(', ')}]`

/** The one array that can be the samples. */
function onlySamples(headers: Map<string, NpyHeader>, { labels }: NpzOptions, path: string, npz: Npz): string {
  const possible = [...headers].filter(
    ([name, { dtype, shape }]) =>
      shape.length >= 2 && name !== labels && !isLabels(name, shape) && elementOf(dtype, name).kind !== 'text',
  )
  if (possible.length === 1) return possible[0][0]
  if (possible.length > 1) {
    const shown = possible.slice(0, 8).map(([name, { shape }]) => described(name, shape))
    const list = `${shown.join(', ')}${possible.length > shown.length ? ', …' : ''}`
    throw new DataError(
      `${quoted(path)} has ${possible.length} arrays that may be the samples: ${list}. Name one with option features.`,
      { path, possible: possible.map(([name]) => name) },
    )
  }
  throw new DataError(
    `${quoted(path)} has no array of numbers of rank 2 or more; its arrays: ${someOf(npz.names, 10) || 'none'}.`,
    { path },
  )
}

function isReadable({ dtype }: NpyHeader): boolean {
  try {
    elementOf(dtype, '')
    return true
  } catch (error) {
    if (DataError.isInstance(error)) return false
    throw error
  }
}

const labelWords = new Set(['y', 'label', 'labels', 'target', 'targets', 'class', 'classes'])
const sampleWords = new Set(
  'x data sample samples image images img imgs feature features feat feats embedding embeddings emb embs vectors'.split(
    ' ',
  ),
)
const wordsOf = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
/** The rest of a name without the words that say what the array is: `train` of `y_train`. */
const without = (name: string, words: ReadonlySet<string>) =>
  wordsOf(name)
    .filter((word) => !words.has(word))
    .join(' ')

const saysLabels = (name: string) => wordsOf(name).some((word) => labelWords.has(word))
const isLabels = (name: string, shape: readonly number[]) =>
  saysLabels(name) && shape.filter((side) => side !== 1).length <= 1

/** The array whose name says that it holds the labels of these samples, if there is just one; and a notice about it. */
function labelsFor(samples: string, size: number, headers: ReadonlyMap<string, NpyHeader>, unread: readonly string[]) {
  const possible = [...headers]
    .filter(([name, { shape }]) => name !== samples && isLabels(name, shape) && shape.includes(size))
    .map(([name]) => name)
  const [part, parts] = [without(samples, sampleWords), possible.map((name) => without(name, labelWords))]
  const alike = possible.filter((_, i) => parts[i] === part)
  const plain = possible.filter((_, i) => parts[i] === '')
  const [name] = alike.length === 1 ? alike : plain.length === 1 ? plain : []
  if (name !== undefined) return { name, notices: [`took ${quoted(name)} as the labels`] }
  const [list, lost] = [someOf(possible), someOf(unread.filter(saysLabels))]
  return {
    name,
    notices: [
      ...(list === '' ? [] : [`took no labels; if they are in ${list}, name it with option labels`]),
      ...(lost === ''
        ? []
        : [`took no labels from ${lost}, which cannot be read; the error says why if it is named with option labels`]),
    ],
  }
}

export const npz = definePlugin({
  kind: 'dataset',
  name: 'npz',
  apiVersion: 1,
  description: 'Arrays of features or images, and of labels, from a NumPy .npz file',
  options: z.strictObject({
    path: z.string().min(1),
    features: z.string().min(1).optional(),
    labels: z.union([z.string().min(1), z.literal(false)]).optional(),
    maxUnpackedBytes: z.int().positive().optional(),
  }),
  describe: ({ path, ...options }) =>
    openNpz(path, options, async (npz) => {
      const chosen = options.features ?? onlySamples((await readableHeaders(npz)).headers, options, path, npz)
      const header = await npz.header(chosen)
      return header ? describeSamples(header) : {}
    }),
  create: ({ path, ...options }) => loadNpz(path, options),
})
