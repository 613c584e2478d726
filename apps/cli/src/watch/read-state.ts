import { trainingOf } from '@dc/pipelines'
import type { RunConfig } from '../config/run-config'
import { readEpochs } from '../run/epoch-lines'
import type { RunFolder } from '../run/folder'
import { howFar } from '../run/how-far'
import { type Metrics, readConfig } from '../run/run-files'
import { type LiveState, liveFile } from './live'

/** A run as it stands now. */
export interface RunState {
  readonly path: string
  readonly config: RunConfig
  /** `works` while a process works on it. */
  readonly state: 'works' | 'finished' | 'stopped'
  readonly live: LiveState
  /** Logs by their name: a line for each seed, the last one is trained now. */
  readonly curves: ReadonlyMap<string, readonly (readonly number[])[]>
  /** Seconds until the epochs of the training at hand are done, by those that are; null where nothing tells. */
  readonly secondsLeft: number | null
  /** Of a finished run. */
  readonly metrics?: Metrics
  /** How far a run is that is stopped. */
  readonly far?: string
}

/** Epochs whose time tells that of the others. */
const lately = 10

/** Reads where a run stands. @throws DataError for a folder without a configuration that can be read */
export async function readState(folder: RunFolder): Promise<RunState> {
  const config = await readConfig(folder)
  const { lines } = await readEpochs(folder)
  const seeds = [...new Set(lines.map(({ seed }) => seed))]
  const names = [...new Set(lines.flatMap(({ logs }) => Object.keys(logs)))]
  const curves = new Map(
    names.map((name) => [
      name,
      seeds.map((seed) => lines.flatMap((line) => (line.seed === seed && name in line.logs ? [line.logs[name]] : []))),
    ]),
  )
  const finished = folder.has('metrics.json')
  const metrics = finished ? await folder.readJson<Metrics>('metrics.json').catch(() => undefined) : undefined
  const works = !finished && (await folder.worker()) !== null
  // It may be gone by now.
  const live = works && folder.has(liveFile) ? await folder.readJson<LiveState>(liveFile).catch(() => ({})) : {}
  const own = lines.filter(({ seed }) => seed === seeds.at(-1))
  return {
    path: folder.path,
    config,
    state: finished ? 'finished' : works ? 'works' : 'stopped',
    live,
    curves,
    secondsLeft: works
      ? secondsLeft(
          config,
          own.map(({ seconds }) => seconds),
        )
      : null,
    ...(metrics && { metrics }),
    ...(!finished && !works && { far: await howFar(folder) }),
  }
}

function secondsLeft(config: RunConfig, seconds: readonly number[]): number | null {
  if (config.training === null || seconds.length < 2) return null
  const left = trainingOf(config).epochs - seconds.length
  const recent = seconds.slice(-lately)
  return left > 0 ? (left * (recent.at(-1)! - recent[0])) / (recent.length - 1) : null
}
