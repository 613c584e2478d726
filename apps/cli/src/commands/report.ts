import { readFile } from 'node:fs/promises'
import { DataError, quoted } from '@dc/core'
import { assemble } from '../assembly'
import { loadPlugins } from '../plugins'
import { renderReport } from '../report/page'
import { RunFolder } from '../run/folder'
import { howFar } from '../run/how-far'
import { readConfig, readRun } from '../run/run-files'
import { readData, settleRows } from '../run/settle-rows'
import type { Terminal } from '../terminal/output'
import { terminalLines } from '../terminal/text'

/**
 * `dclust report RUN_DIR`: draws the report of a finished run again.
 *
 * @throws DataError of a run that is not finished, with how far it is
 */
export async function report(path: string, flags: { plugin: string[] }, { stdout, stderr }: Terminal): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const folder = RunFolder.open(path)
  await requireFinished(folder)
  const config = await readConfig(folder)
  const { dataset } = settleRows(config, await readData(config, registry), registry)
  const { run, notes } = await readRun(folder, dataset)
  for (const note of notes) stderr.write(`${terminalLines(note)}\n`)
  const views = folder.has('views.png') ? await readFile(folder.file('views.png')) : null
  await folder.write('report.html', await renderReport(run, dataset, views))
  const drawn = folder.file('report.html')
  // A program gets the path as it is.
  stdout.write(`${stdout.isTTY ? terminalLines(drawn) : drawn}\n`)
  return 0
}

async function requireFinished(folder: RunFolder): Promise<void> {
  if (folder.has('metrics.json')) return
  const { path } = folder
  const state = await howFar(folder)
  throw new DataError(`There is no report yet: the run in ${quoted(path)} ${state}.`, { path })
}
