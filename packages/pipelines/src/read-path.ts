import { createRegistry, type Dataset, DcError, type Registry } from '@dc/core'
import { optionNames } from './encoders/option-names'
import { throughEncoder, type UsedEncoder, type Watching } from './encoders/through-encoder'
import { inNode } from './in-node'

/** How rows were read: the name of a data set's plugin, its options without the path, and the encoder that saw them. */
export interface ReadLike {
  readonly name?: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly encoder?: UsedEncoder
}

/** Whose plugins read. */
export interface Reading extends Watching {
  /** Has the plugins of data sets, by default those of `@dc/data`. */
  readonly datasets?: Registry
  /** Has the encoder. */
  readonly encoders?: Registry
}

/** Columns that are no features, and where labels were. Other rows may lack them. */
const dispensable = [
  ['label', 'labels'],
  ['ignore', 'id'],
] as const

/**
 * The data set of a path or a name, as `dclust --data` takes it. Only in Node.
 *
 * @param like how other rows were read; these are read in the same way if they are of the same kind, through the same encoder
 * @throws OptionError, DataError
 */
export async function readPath(text: string, like: ReadLike = {}, reading: Reading = {}): Promise<Dataset> {
  const { parseData, plugins } = await inNode<typeof import('@dc/data')>('@dc/data', 'Reading a path')
  const { encoders = createRegistry([]), onPhase } = reading
  const datasets: Registry = reading.datasets ?? createRegistry([plugins])
  const { name: told, options } = parseData(text, datasets)
  // The texts of a table: the path alone does not tell them from its numbers.
  const name = told === 'csv' && like.name === 'texts' ? like.name : told
  const known: Record<string, unknown> = like.name === name ? { ...like.options } : {}
  // The scale of rows is their model's business.
  delete known.standardize
  // A second file has the labels of other rows.
  if (name === 'npy') delete known.labels
  const make = (given: Record<string, unknown>) => datasets.make('dataset', name, { ...given, ...options }, { onPhase })
  const groups = dispensable.filter((names) => names.some((option) => option in known))
  const read = (form: Readonly<Record<string, unknown>>) => readWithout(make, { ...form, ...known }, groups)
  if (!like.encoder) return read({})
  return throughEncoder(read, optionNames(datasets, name), like.encoder, encoders, reading)
}

/** Reads with these options, or else without those of the first group, and so on. */
async function readWithout(
  make: (options: Record<string, unknown>) => Dataset | Promise<Dataset>,
  given: Record<string, unknown>,
  [group, ...others]: readonly (readonly string[])[],
): Promise<Dataset> {
  try {
    return await make(given)
  } catch (error) {
    if (!group || !DcError.isInstance(error)) throw error
    const kept = Object.entries(given).filter(([option]) => !group.includes(option))
    return readWithout(make, Object.fromEntries(kept), others)
  }
}

/** How a path is read. */
export async function readAs(text: string): Promise<ReadLike> {
  const { parseData, plugins } = await inNode<typeof import('@dc/data')>('@dc/data', 'Reading a path')
  const { name, options } = parseData(text, createRegistry([plugins]))
  const { path: _, ...others } = options
  return { name, options: others }
}
