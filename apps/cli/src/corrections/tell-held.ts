import type { HeldCorrections } from '@dc/pipelines'
import type { Narrator } from '../terminal/narrator'

const kinds: Readonly<Record<keyof HeldCorrections, string>> = {
  renames: 'names',
  merges: 'merges',
  splits: 'splits',
  together: 'pairs of rows together',
  apart: 'pairs of rows apart',
  labels: 'labels of rows',
  noise: 'rows of noise left out',
}

/** Says how many corrections hold, a line for each kind that there is. */
export function tellHeld(corrections: HeldCorrections, narrator: Narrator): void {
  for (const [kind, { held, of }] of Object.entries(corrections) as [
    keyof HeldCorrections,
    { held: number; of: number },
  ][])
    if (of > 0) narrator.note(`corrections: ${held} of ${of} ${kinds[kind]} hold`)
}
