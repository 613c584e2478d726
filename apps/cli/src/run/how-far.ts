import { quoted } from '@dc/core'
import { shellWord } from '../terminal/text'
import { readEpochs } from './epoch-lines'
import type { RunFolder } from './folder'

/** How far a run is that is not finished, as the end of a sentence: "was interrupted after epoch 3 of seed 0. …". */
export async function howFar(folder: RunFolder): Promise<string> {
  const worker = await folder.worker()
  if (worker) return `is not finished: process ${worker.pid} of ${quoted(worker.host)} works on it`
  const last = (await readEpochs(folder)).lines.at(-1)
  const far = last ? `, after epoch ${last.epoch} of seed ${last.seed}` : ', before its first epoch ended'
  return `was interrupted${far}. Go on with: dclust run --out ${shellWord(folder.path)} --resume`
}
