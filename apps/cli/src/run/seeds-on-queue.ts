import { existsSync } from 'node:fs'
import { copyFile, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dataset, DcError, InterruptedError } from '@dc/core'
import { datasetChecksum } from '@dc/core/cache'
import type { RunConfig } from '../config/run-config'
import { openQueue } from '../queue/open-queue'
import { runsOnQueue } from '../queue/runs-on-queue'
import type { Narrator } from '../terminal/narrator'
import type { RunFolder } from './folder'
import { takePhases } from './phase-times'

const part = 'seeds'

/**
 * Has each seed of a run trained by a worker, and takes their checkpoints and epochs into its folder: the run then finds all of
 * its trainings done. A seed is worked on in a folder of its own below the run's.
 *
 * @throws InterruptedError once the signal is aborted; DcError if a training failed
 */
export async function trainOnQueue(
  address: string,
  config: RunConfig,
  whole: Dataset,
  {
    folder,
    narrator,
    signal,
  }: {
    folder: RunFolder
    narrator: Narrator
    signal?: AbortSignal
  },
): Promise<void> {
  const { note } = narrator
  const data = await datasetChecksum(whole)
  const open = config.seeds.filter((seed) => !existsSync(folder.checkpoint(seed)))
  const runs = open.map((seed) => ({
    path: folder.file(join(part, `seed-${seed}`)),
    config: { ...config, seeds: [seed] },
    data,
  }))
  if (runs.length === 0) return
  note(`${runs.length} ${runs.length === 1 ? 'seed is' : 'seeds are'} trained by workers`)
  const queue = await openQueue(address)
  try {
    const ends = await runsOnQueue(queue, runs, {
      signal,
      note,
      onEnd: (at, { state, reason }) => note(`seed ${open[at]}: ${state === 'done' ? 'done' : `${state}: ${reason}`}`),
    })
    for (const [at, end] of ends.entries()) if (end?.state === 'done') await takeIn(runs[at].path, folder)
    if (ends.includes(null)) throw new InterruptedError('Interrupted.')
    const failed = ends.findIndex((end) => end?.state !== 'done')
    if (failed >= 0)
      throw new DcError(`seed ${open[failed]} ${ends[failed]!.state}: ${ends[failed]!.reason}`, { seed: open[failed] })
  } finally {
    await queue.close()
  }
  await rm(folder.file(part), { recursive: true, force: true })
}

/** The seed's own checkpoint last, which is so by its name: where it is, all of the seed is there. */
async function takeIn(path: string, folder: RunFolder): Promise<void> {
  const epochs = join(path, 'metrics.jsonl')
  if (existsSync(epochs)) await folder.append('metrics.jsonl', await readFile(epochs, 'utf8'))
  await takePhases(path, folder)
  for (const name of (await readdir(join(path, 'checkpoints'))).sort()) {
    const place = folder.file(join('checkpoints', name))
    await copyFile(join(path, 'checkpoints', name), `${place}.part`)
    await rename(`${place}.part`, place)
  }
}
