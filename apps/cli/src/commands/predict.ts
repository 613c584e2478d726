import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { csvCell, DcError, initBackend, OptionError, printable, quoted } from '@dc/core'
import { writeWhole } from '@dc/core/cache'
import { load, type ReadLike, readPath } from '@dc/pipelines'
import { assemble, backendCandidates } from '../assembly'
import { loadPlugins } from '../plugins'
import { notices } from '../run/prepare'
import type { Terminal } from '../terminal/output'
import { phaseProgress } from '../terminal/progress'
import { jsonText, terminalLines } from '../terminal/text'

/** What `dclust predict` was given. */
export interface PredictFlags {
  out?: string
  json?: boolean
  backend?: string[]
  plugin: string[]
}

/**
 * `dclust predict MODEL DATA`: labels rows by a finished run or a model file.
 *
 * @throws DataError, OptionError, ShapeError for a model or rows that cannot be
 */
export async function predict(
  path: string,
  data: string,
  flags: PredictFlags,
  { stdout, stderr, interruption }: Terminal,
): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const file = modelFile(path)
  if (flags.out !== undefined && existsSync(flags.out) && statSync(flags.out).isDirectory())
    throw new OptionError('--out', flags.out, 'the name of a file')
  // Before the backend: a model that cannot be read is told first.
  const signal = interruption?.()
  const model = await load(file, { registry, backend: false })
  const progress = phaseProgress(stderr)
  const reading = { datasets: registry, encoders: registry, onPhase: progress.update, ...(signal && { signal }) }
  const like = model.facts.about.data as ReadLike | undefined
  const dataset = await readPath(data, like, reading).finally(progress.end)
  for (const line of notices(dataset)) stderr.write(`${terminalLines(line)}\n`)
  if (!model.facts.classical) await initBackend(backendCandidates(registry), { prefer: flags.backend })
  const labels = await model.predict(dataset, { signal })
  stderr.write(`${printable(dataset.name, 80)}: ${dataset.size} rows, ${model.k} clusters of ${model.method}\n`)
  const { clusterNames } = model
  const nameOf = (row: number) => dataset.rowNames?.[row] ?? String(row)
  const facts = () => ({
    method: model.method,
    k: model.k,
    labels: [...labels],
    names: Array.from(labels, (_, row) => nameOf(row)),
    ...(clusterNames && { clusterNames }),
  })
  const pieces = flags.json ? [`${jsonText(facts())}\n`] : csvOf(labels, nameOf, clusterNames)
  if (flags.out === undefined) for (const piece of pieces) stdout.write(piece)
  else
    await writeWhole(flags.out, async (to) => {
      for (const piece of pieces) await to.writeFile(piece)
    })
  return 0
}

/** Some lines at a time: the text of all would be longer than a text can be. */
const linesAtOnce = 10_000

function* csvOf(
  labels: Int32Array,
  nameOf: (row: number) => string,
  clusterNames?: readonly (string | null)[],
): Generator<string> {
  const cluster = (label: number) => (clusterNames ? `,${csvCell(clusterNames[label] ?? '')}` : '')
  yield `row,name,label${clusterNames ? ',cluster' : ''}\n`
  for (let start = 0; start < labels.length; start += linesAtOnce) {
    const part = Array.from(labels.subarray(start, start + linesAtOnce))
    const line = (label: number, at: number) =>
      `${start + at},${csvCell(nameOf(start + at))},${label}${cluster(label)}\n`
    yield part.map(line).join('')
  }
}

/** The model of a run's folder, or the file itself. */
function modelFile(path: string): string {
  if (!existsSync(path)) throw new OptionError('model', path, 'the folder of a finished run, or a model file')
  if (!statSync(path).isDirectory()) return path
  const file = join(path, 'model.dclust')
  if (existsSync(file)) return file
  throw new DcError(`There is no model in ${quoted(path)}: its run is not finished, or is of an earlier version.`, {
    path,
  })
}
