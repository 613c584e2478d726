import { createRandom, type Dataset, OptionError } from '@dc/core'
import { parseData } from '@dc/data'
import { classesOf, findsClusters, type KCurve } from '@dc/pipelines'
import { assemble } from '../assembly'
import type { RunFlags } from '../config/flags'
import { correctedRun, noNumber } from '../corrections/corrected-run'
import { loadPlugins } from '../plugins'
import { countClusters } from '../run/count-clusters'
import { pickMethod } from '../run/pick-method'
import { readSeen } from '../run/read-seen'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { run } from './run'

/** What `dclust cluster` was given. */
export interface ClusterFlags {
  k?: number | 'auto'
  labels?: string
  encoder?: string
  text?: string
  id?: string
  ignore?: string[]
  set: string[]
  method?: string
  corrections?: string
  init?: string
  seed?: number[]
  out?: string
  copyTo?: string
  linkTo?: string
  backend?: string[]
  threads?: number
  watch?: boolean
  json?: boolean
  dryRun?: boolean
  plugin: string[]
}

/**
 * `dclust cluster DATA`: picks what `dclust run` is told, says why, and runs it.
 *
 * @returns the exit code
 */
export async function cluster(
  data: string,
  flags: ClusterFlags,
  terminal: Terminal,
  argv: readonly string[],
): Promise<number> {
  const { k, method, id, ignore, set, ...others } = flags
  const registry = assemble(await loadPlugins(flags.plugin))
  if (method !== undefined) registry.get('pipeline', method)
  const { name } = parseData(data, registry, 'data')
  const { shape } = registry.get('dataset', name).options as { shape?: object }
  const skips = shape !== undefined && 'onBadImage' in shape
  const columns = [
    ...(id === undefined ? [] : [`data.options.id=${JSON.stringify(id)}`]),
    ...(ignore === undefined ? [] : [`data.options.ignore=${JSON.stringify(ignore)}`]),
  ]
  const earlier = await correctedRun(flags)
  if (earlier && k !== undefined) throw new OptionError('--k', k, noNumber)
  const asked: RunFlags = { ...others, data, set: [...columns, ...set], ...(skips && { onBadImage: 'skip' }) }
  const narrator = createNarrator(terminal.stderr)
  const { flags: seen, kind, read } = await readSeen(asked, registry, narrator, terminal.stderr)
  const picked = pickMethod(kind, read?.whole.size, typeof k === 'number' ? k : undefined)
  const pipeline = method ?? earlier?.method ?? picked.pipeline
  const why = earlier ? 'as in the run that is corrected' : `because ${picked.why}`
  narrator.note(`method: ${pipeline}, ${method === undefined ? why : 'as asked'}`)
  const settled: RunFlags = { ...seen, ...(typeof k === 'number' && { k }) }
  const propose = async (dataset: Dataset): Promise<KCurve | undefined> => {
    if (earlier || findsClusters(pipeline, registry)) return undefined
    if (typeof k === 'number' || (k === undefined && classesOf(dataset).length > 1)) return undefined
    return countClusters(dataset, createRandom(flags.seed?.[0] ?? 0).split('clusters'), narrator)
  }
  return run(pipeline, settled, terminal, argv, { propose, ...(read && { read }) })
}
