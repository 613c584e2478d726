import type { Dataset, Registry } from '@dc/core'
import { type RowKind, rowKind } from '@dc/pipelines'
import type { RunFlags } from '../config/flags'
import { describedRows, namedData, namedEncoder } from '../config/resolve'
import type { Narrator } from '../terminal/narrator'
import type { Output } from '../terminal/output'
import { type DataToRead, readData } from './settle-rows'

/** What sees photos, where nobody says otherwise: bench/results/encoder.md. */
const usualEncoder = 'efficientnet-lite0'
/** What reads texts. */
const usualReader = 'all-minilm-l6-v2'

/** Rows as they are clustered. */
export interface SeenRows {
  /** What a run is told. */
  readonly flags: RunFlags
  readonly kind: RowKind
  /** The rows and what was read; left out where the recipe decides how pictures are read. */
  readonly read?: { readonly reference: DataToRead; readonly whole: Dataset }
}

/**
 * Reads rows for `dclust cluster`: photos as an encoder describes them, unless their user names another or `pixels`. Small grey
 * images stay as they are: their own networks see more in them.
 *
 * @throws OptionError for an encoder that there is not; DataError for data that cannot be read
 */
export async function readSeen(
  flags: RunFlags,
  registry: Registry,
  narrator: Narrator,
  stderr: Output,
): Promise<SeenRows> {
  const chosen = flags.encoder !== undefined || flags.set.some((setting) => /^encoder[.=]/.test(setting))
  const described = await describedRows(flags, registry)
  const data = namedData(flags, registry)
  const read = async (settled: RunFlags): Promise<SeenRows> => {
    const encoder = namedEncoder(settled, registry)
    if (encoder) narrator.note(`encoder: ${encoder.name}, ${chosen ? 'as asked' : reasons[encoder.name]}`)
    const reference = { data, encoder }
    const whole = await readData(reference, registry, stderr)
    return { flags: settled, kind: rowKind(whole), read: { reference, whole } }
  }
  const usual = { ...flags, encoder: usualEncoder }
  if (data.name === 'texts' && !chosen) return read({ ...flags, encoder: usualReader })
  if (described === 'photos') return chosen ? { flags, kind: described } : read(usual)
  const found = await read(flags)
  return found.kind === 'photos' && !chosen ? read(usual) : found
}

const reasons: Readonly<Record<string, string>> = {
  [usualEncoder]: 'because the rows are photos: it says what they show; --encoder pixels learns from the pixels',
  [usualReader]: 'because the rows are texts; dclust list encoder shows others',
}
