import { createRandom, type Dataset, OptionError, quoted, type Registry } from '@dc/core'
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
  resume?: boolean
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
 * @param data may be left out with --resume, for the run that is gone on with knows its own
 * @returns the exit code
 */
export async function cluster(
  data: string | undefined,
  flags: ClusterFlags,
  terminal: Terminal,
  argv: readonly string[],
): Promise<number> {
  const { k, method, ...others } = flags
  const registry = assemble(await loadPlugins(flags.plugin))
  if (method !== undefined) registry.get('pipeline', method)
  const skips = data !== undefined && canSkip(data, registry)
  const asked: RunFlags = { ...others, data, ...(skips && { onBadImage: 'skip' }) }
  const count = typeof k === 'number' && { k }
  // What was picked stands in the run.
  if (flags.resume) return run(method, { ...asked, ...count }, terminal, argv)
  const earlier = await correctedRun(flags)
  if (earlier && k !== undefined) throw new OptionError('--k', k, noNumber)
  const narrator = createNarrator(terminal.stderr)
  const { flags: seen, kind, read } = await readSeen(asked, registry, narrator, terminal.stderr)
  const picked = pickMethod(kind, read?.whole.size, typeof k === 'number' ? k : undefined)
  const pipeline = method ?? earlier?.method ?? picked.pipeline
  const why = earlier ? 'as in the run that is corrected' : `because ${picked.why}`
  narrator.note(`method: ${pipeline}, ${method === undefined ? why : 'as asked'}`)
  const settled: RunFlags = { ...seen, ...count }
  const said = flags.set.some((setting) => setting.startsWith('k='))
  const propose = async (dataset: Dataset): Promise<KCurve | undefined> => {
    if (earlier || findsClusters(pipeline, registry)) return undefined
    if (typeof k === 'number' || (k === undefined && said)) return undefined
    const classes = k === undefined ? classesOf(dataset) : []
    if (classes.length > 1) {
      const names = classes.slice(0, 5).map((each) => quoted(dataset.classNames?.[each] ?? String(each), 40))
      const all = `${names.join(', ')}${classes.length > names.length ? ', …' : ''}`
      narrator.note(
        `clusters: ${classes.length}, as many as the data have classes (${all}); --k auto counts them itself`,
      )
      return undefined
    }
    return countClusters(dataset, createRandom(flags.seed?.[0] ?? 0).split('clusters'), narrator)
  }
  return run(pipeline, settled, terminal, argv, { propose, ...(read && { read }) })
}

/** Whether a data set may leave out what it cannot read. */
function canSkip(data: string, registry: Registry): boolean {
  const { shape } = registry.get('dataset', parseData(data, registry, 'data').name).options as { shape?: object }
  return shape !== undefined && 'onBadImage' in shape
}
