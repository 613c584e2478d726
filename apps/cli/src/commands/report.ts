import { readFile } from 'node:fs/promises'
import { assemble } from '../assembly'
import { loadPlugins } from '../plugins'
import { renderReport } from '../report/page'
import { RunFolder } from '../run/folder'
import { readConfig, readRun } from '../run/run-files'
import { readData, settleRows } from '../run/settle-rows'
import type { Terminal } from '../terminal/output'
import { terminalLines } from '../terminal/text'

/** `dclust report RUN_DIR`: draws the report of a finished run again. */
export async function report(path: string, flags: { plugin: string[] }, { stdout }: Terminal): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const folder = RunFolder.open(path)
  const config = await readConfig(folder)
  const { dataset } = settleRows(config, await readData(config, registry), registry)
  const run = await readRun(folder, dataset)
  const views = folder.has('views.png') ? await readFile(folder.file('views.png')) : null
  await folder.write('report.html', await renderReport(run, dataset, views))
  const drawn = folder.file('report.html')
  // A program gets the path as it is.
  stdout.write(`${stdout.isTTY ? terminalLines(drawn) : drawn}\n`)
  return 0
}
