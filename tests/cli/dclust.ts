// The command line as a function: same code as the binary, its output kept.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core/random'
import { main } from '../../apps/cli/src/cli'
import { dclustCommand } from './dclust-bundle'

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs `dclust` in this process.
 *
 * @param watch sees stderr as it comes, and may ask the run to stop
 * @param interruption asks the run to stop
 */
export async function dclust(
  args: readonly string[],
  watch?: (text: string, stop: () => void) => void,
  interruption = new AbortController(),
): Promise<Finished> {
  let [stdout, stderr] = ['', '']
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write: (text) => {
        stderr += text
        watch?.(text, () => interruption.abort())
      },
    },
    interruption: () => interruption.signal,
    self: dclustCommand,
  })
  return { code, stdout, stderr }
}

/** A folder that is gone after the tests. */
export function temporaryFolder(): { path: string; file(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'dclust-'))
  return { path, file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Three groups of points in eight dimensions as CSV, with their group as the last column if `labels`. */
export function blobsCsv(rows: number, labels: boolean): string {
  const random = createRandom(1)
  const centres = Array.from({ length: 3 }, () => random.normals(8, 0, 3))
  return Array.from({ length: rows }, (_, row) => {
    const point = Array.from(centres[row % 3], (value) => (value + 0.4 * random.normal()).toFixed(4))
    return [...point, ...(labels ? ['red green blue'.split(' ')[row % 3]] : [])].join(',')
  }).join('\n')
}

/** A network that trains in a second. */
export const tiny = [
  ...['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}'],
  ...['--set', 'options.projection={"name":"projection","options":{"hidden":16,"width":4}}'],
  ...['--epochs', '4', '--batch-size', '30', '--backend', 'cpu'],
]
