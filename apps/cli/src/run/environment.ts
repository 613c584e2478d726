import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../report/run-result'

const require = createRequire(import.meta.url)

/** The machine and the software of a run, for `env.json`. */
export function environment(command: readonly string[]): Environment {
  return {
    command: ['dclust', ...command].join(' '),
    date: new Date().toISOString(),
    node: process.versions.node,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    dclust: dclustVersion(),
    tensorflowJs: versionAt(dirname(require.resolve('@tensorflow/tfjs-core'))),
  }
}

/** The version of this package. */
export function dclustVersion(): string {
  return versionAt(dirname(fileURLToPath(import.meta.url)))
}

/** The version in the nearest package.json that has one, from a folder upwards. */
function versionAt(folder: string): string {
  const file = join(folder, 'package.json')
  const version = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version
    : undefined
  if (version !== undefined) return version
  return dirname(folder) === folder ? 'unknown' : versionAt(dirname(folder))
}
