import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readEpochs } from '../run/epoch-lines'
import type { RunFolder } from '../run/folder'
import { eventFile } from './event-file'

/** Where a run keeps TensorBoard's event files, a folder for each seed, which TensorBoard shows as a run of its own. */
export const eventFolder = 'tensorboard'

/**
 * Writes the epochs of a run as event files: every log and the learning rate, by epoch. A run without a training has none.
 *
 * @param finishedAt when the run was finished; its last seed ended then, the ones before as long before as they took
 */
export async function writeEvents(folder: RunFolder, finishedAt: Date): Promise<void> {
  const { lines } = await readEpochs(folder)
  const seeds = [...new Set(lines.map(({ seed }) => seed))]
  let end = finishedAt.getTime() / 1000
  for (const seed of seeds.reverse()) {
    const own = lines.filter((line) => line.seed === seed)
    const start = end - (own.at(-1)?.seconds ?? 0)
    const scalars = own.flatMap(({ epoch, seconds, learningRate, logs }) =>
      Object.entries({ ...logs, 'learning rate': learningRate }).map(([tag, value]) => ({
        tag,
        step: epoch,
        value,
        time: start + seconds,
      })),
    )
    const place = join(eventFolder, `seed-${seed}`)
    await mkdir(folder.file(place), { recursive: true })
    await folder.write(join(place, `events.out.tfevents.${Math.floor(start)}.dclust`), eventFile(scalars, start))
    end = start
  }
}
