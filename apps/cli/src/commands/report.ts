import { readFile } from 'node:fs/promises'
import { DataError, quoted } from '@dc/core'
import { assemble } from '../assembly'
import { lastRun } from '../compare/last-run'
import { writeCharts } from '../elsewhere/charts'
import { writeElsewhere } from '../elsewhere/write-elsewhere'
import { loadPlugins } from '../plugins'
import { renderReport } from '../report/page'
import { RunFolder } from '../run/folder'
import { howFar } from '../run/how-far'
import { readConfig, readRun } from '../run/run-files'
import { readData, settleRows } from '../run/settle-rows'
import { checkSortTarget, sortTarget } from '../run/sort-files'
import { tellSorted } from '../run/tell-sorted'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { jsonText, terminalLines } from '../terminal/text'

/** What `dclust report` was given. */
export interface ReportFlags {
  copyTo?: string
  linkTo?: string
  /** Folder of charts as files. */
  charts?: string
  json?: boolean
  plugin: string[]
}

/**
 * `dclust report RUN_DIR`: draws the report of a finished run again.
 *
 * @throws DataError of a run that is not finished, with how far it is
 */
export async function report(path: string, flags: ReportFlags, { stdout, stderr }: Terminal): Promise<number> {
  const target = sortTarget(flags)
  const registry = assemble(await loadPlugins(flags.plugin))
  const folder = RunFolder.open(path)
  await requireFinished(folder)
  const config = await readConfig(folder)
  const { dataset } = settleRows(config, await readData(config, registry, stderr), registry)
  if (target) await checkSortTarget(target, dataset)
  const { run: read, notes } = await readRun(folder, dataset)
  const last = await lastRun(folder.path, { ...read, config })
  const run = { ...read, ...(last && { last }) }
  for (const note of notes) stderr.write(`${terminalLines(note)}\n`)
  const views = folder.has('views.png') ? await readFile(folder.file('views.png')) : null
  const page = await renderReport(run, dataset, views)
  await folder.write('report.html', page)
  await writeElsewhere(folder, run, dataset)
  const charts = flags.charts === undefined ? undefined : await writeCharts(page, flags.charts)
  const drawn = folder.file('report.html')
  const sorted = target && (await tellSorted(target, dataset, run.shown.labels, createNarrator(stderr)))
  if (flags.json) {
    stdout.write(`${jsonText({ report: drawn, ...(charts && { charts }), ...(sorted && { sorted }) })}\n`)
    return 0
  }
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
