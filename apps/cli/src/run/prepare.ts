import type { Dataset, Registry } from '@dc/core'
import { classesOf, fitRows, rowKind } from '@dc/pipelines'
import { fitUnseen } from '../config/fit-unseen'
import { presetOf, type RunFlags } from '../config/flags'
import { checkNames, checkOptions, describedRows, resolveConfig } from '../config/resolve'
import type { RunConfig } from '../config/run-config'
import { typedSettings } from '../config/typed'
import { asFlags } from '../terminal/as-flags'
import { checkTrainings } from './check-trainings'
import { embeddingNotice } from './embedding-notice'
import type { RunFolder } from './folder'
import { type Rows, settleRows } from './settle-rows'

/** A configuration before the data are read. */
export interface FirstConfig {
  readonly config: RunConfig
  /** Whether what the rows turn out to be, of data that only reading describes, may still change the preset. */
  readonly open: boolean
  /** Whether it is that of an earlier run, which holds. */
  readonly kept: boolean
}

/**
 * The configuration as far as it is known without the rows: the data are described, and that decides the preset.
 *
 * @param kept that of an earlier run
 * @throws OptionError, UnknownPluginError for names, settings and options that cannot be; DataError for data that cannot be
 * described
 */
export async function firstConfig(
  pipeline: string,
  flags: RunFlags,
  registry: Registry,
  kept?: RunConfig,
): Promise<FirstConfig> {
  if (kept) {
    checkOptions(checkNames(kept, registry), registry)
    return { config: kept, open: false, kept: true }
  }
  registry.get('pipeline', pipeline)
  const rows = presetOf(flags) === undefined ? await describedRows(flags, registry) : undefined
  const config = resolveConfig(pipeline, flags, registry, rows)
  const open = presetOf(flags) === undefined && rows === undefined
  // Options may be those of another preset's parts.
  if (!open) checkOptions(config, registry)
  return { config, open, kept: false }
}

/** A run that is ready to be trained. */
export interface Prepared {
  readonly config: RunConfig
  /** The configuration before it was made to fit the data. */
  readonly asked: RunConfig
  readonly rows: Rows
  /** What its user should know, a line each: of the data, and what was changed to fit them. */
  readonly notes: readonly string[]
}

/**
 * Settles what depends on the data, and tries everything that will be trained.
 *
 * @param whole the data that the first configuration names
 * @param earlier the folder of the run that is gone on with
 * @throws DcError for whatever cannot be
 */
export async function prepare(
  first: FirstConfig,
  whole: Dataset,
  flags: RunFlags,
  registry: Registry,
  earlier?: RunFolder,
): Promise<Prepared> {
  const config = settlePreset(first, whole, flags, registry)
  // An earlier run was made to fit when it began.
  const typed = first.kept ? null : typedSettings(flags)
  const split = typed ? fitUnseen(config, classesOf(whole).length, typed) : { config, notes: [] }
  const rows = settleRows(split.config, whole, registry)
  const settled = { ...split.config, k: rows.k }
  const { dataset, k } = rows.training ?? rows
  const size = { rows: dataset.size, part: dataset.size < whole.size }
  const fitted =
    typed && k !== null ? fitRows(settled, { ...size, k }, typed, registry) : { config: settled, notes: [] }
  const width = await checkTrainings(fitted.config, rows, registry, earlier)
  const much = width === undefined ? undefined : embeddingNotice(rows.dataset.size, width)
  return {
    config: fitted.config,
    asked: config,
    rows,
    notes: [...notices(whole), ...rows.notes, ...split.notes, ...fitted.notes, ...(much === undefined ? [] : [much])],
  }
}

/** The configuration for what the rows are, where reading them decides; they stay as they were read. */
function settlePreset(
  { config: first, open }: FirstConfig,
  whole: Dataset,
  flags: RunFlags,
  registry: Registry,
): RunConfig {
  if (!open) return first
  const config = { ...resolveConfig(first.pipeline, flags, registry, rowKind(whole)), data: first.data }
  checkOptions(config, registry)
  return config
}

/** What the reader wants known of a data set: its notices, and the files it left out, the first few by name. */
export function notices({ notices = [], leftOut = [] }: Dataset): string[] {
  const more = leftOut.length > 5 ? [`… and ${leftOut.length - 5} more`] : []
  const files = leftOut.slice(0, 5).map(({ reason }) => reason)
  return [
    ...notices.map(asFlags),
    ...(leftOut.length === 0
      ? []
      : [`left out ${leftOut.length} ${leftOut.length === 1 ? 'file' : 'files'}:`, ...files, ...more]),
  ]
}
