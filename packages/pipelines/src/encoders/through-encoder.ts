import {
  DataError,
  type Dataset,
  type Encoder,
  type EncoderFacts,
  type Phase,
  quoted,
  type Registry,
  throwIfInterrupted,
} from '@dc/core'
import { inNode } from '../in-node'
import type { EncoderReference } from './encoder-reference'

/** An encoder that rows were seen by: its plugin, and what it said of itself. */
export interface UsedEncoder extends EncoderReference {
  /** Of a model that was fitted before: rows are seen by the same encoder, or not at all. */
  readonly facts?: Pick<EncoderFacts, 'checksum'> & Partial<EncoderFacts>
}

/** How reading is watched. */
export interface Watching {
  /** Told how many pictures are decoded, and how many rows are described. */
  readonly onPhase?: (part: Phase) => void
  readonly signal?: AbortSignal
  /** Whether features are kept in the user's cache folder. Default true. */
  readonly kept?: boolean
}

/** Reads a data set with these options beside its own. */
export type Read = (options: Readonly<Record<string, unknown>>) => Dataset | Promise<Dataset>

/** Options of a data set of pictures that an encoder settles, where nobody else has. */
const settled = ['size', 'channels', 'fit'] as const

/**
 * Reads rows through an encoder. Files of pictures are read in the form that it takes from the start.
 *
 * @param accepts names of the options of the data set
 * @returns features; `seen` is the data set that was read
 * @throws DataError if the encoder is another than the one that its facts are of; UnknownPluginError for one that is not
 * registered
 */
export async function throughEncoder(
  read: Read,
  accepts: readonly string[],
  used: UsedEncoder,
  registry: Registry,
  { onPhase, signal, kept = true }: Watching = {},
): Promise<Dataset> {
  // A model is slow to load, and what is wrong with data that have one form alone is told before.
  const formed = settled.every((option) => accepts.includes(option))
  const known = formed ? undefined : await read({})
  throwIfInterrupted(signal)
  const encoder = await registry.make('encoder', used.name, used.options)
  try {
    requireSame(encoder, used)
    throwIfInterrupted(signal)
    const dataset = known ?? (await read(formOf(encoder)))
    // To a model, features of the same encoder that were computed before are as good.
    if (used.facts && !dataset.image && !dataset.texts) return dataset
    const { encodedDataset } = await inNode<typeof import('@dc/data/encoded')>('@dc/data/encoded', 'An encoder')
    const onProgress = onPhase && ((done: number, total: number) => onPhase({ phase: 'encoding', done, total }))
    return await encodedDataset(dataset, encoder, {
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
      ...(kept ? {} : { cache: false as const }),
    })
  } finally {
    encoder.dispose?.()
  }
}

const formOf = ({ input }: Encoder): Record<string, unknown> =>
  input.of === 'pictures' ? { size: [input.height, input.width], channels: input.channels, fit: input.fit } : {}

function requireSame({ name, checksum }: Encoder, { facts }: UsedEncoder): void {
  if (facts === undefined || facts.checksum === checksum) return
  throw new DataError(
    `The model was fitted to features of the encoder ${quoted(facts.name ?? name)} with checksum ${facts.checksum.slice(0, 12)}…; here ${quoted(name)} has ${checksum.slice(0, 12)}…. Its weights, or what is done with them, have changed.`,
    { expected: facts.checksum, found: checksum },
  )
}
