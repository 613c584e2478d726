// The command line as a process of its own, which can be killed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { thisProcess } from '../../apps/cli/src/run/process-identity'
import { dclustCommand } from './dclust-bundle'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href

/** A TypeScript module as a process of its own. */
export function startModule(path: string, args: readonly string[] = []): ChildProcess {
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') }
  return spawn(process.execPath, ['--import', tsx, path, ...args], { env })
}

/** `dclust` as a process of its own; `limit` is the largest file it may write, in KiB. */
export function start(args: readonly string[], limit?: number): ChildProcess {
  const [program, ...given] = [...dclustCommand, ...args]
  if (limit === undefined) return spawn(program, given)
  return spawn('bash', ['-c', `ulimit -f ${limit}; exec "$@"`, 'bash', program, ...given])
}

/** The same with its output in a file. */
export function startInto(file: number, args: readonly string[]): ChildProcess {
  const [program, ...given] = [...dclustCommand, ...args]
  return spawn(program, given, { stdio: ['pipe', file, 'pipe'] })
}

/** `dclust` on a terminal, which is closed when this process is killed; its exit code is written to a file. */
export function startOnTerminal(args: readonly string[], codeFile: string): ChildProcess {
  const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
  const command = [...dclustCommand, ...args].map(quoted).join(' ')
  const env = { ...process.env, SHELL: '/bin/sh' }
  // As an interactive shell does, it hands the end of the terminal on; then it tells the code.
  return spawn(
    'script',
    [
      '-qefc',
      `trap 'kill -HUP $run' HUP; ${command} & run=$!; wait $run; wait $run; echo $? > ${quoted(codeFile)}`,
      '/dev/null',
    ],
    { env },
  )
}

/** How a process ended, and what it said. */
export function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })))
}

/** A process that has come to its end, as a lock names it. */
export const goneProcess = () => ({ ...thisProcess(), pid: spawnSync(process.execPath, ['-e', '']).pid, began: null })
