// What every bench shares: its form, timing, running a peer in Python, and the record of the machine.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What a bench is given. */
export interface BenchContext {
  /** A line of progress for people; goes to stderr. */
  log(line: string): void
  /** The interpreter that `bench/setup-peers` made, or null: then peers are skipped with a note. */
  readonly python: string | null
  /** Asks for small sizes and few repeats: does it run, not how fast. */
  readonly quick: boolean
  /** Whether a line of the report is asked for; `--only` leaves others out. Benches of several lines should ask. */
  wants(bench: string): boolean
}

/** One line of a bench: the same work done by us and by peers. */
export interface BenchResult {
  /** What was measured, with its sizes. */
  readonly bench: string
  readonly ours_ms: number
  /** Peer to milliseconds. A peer that is not installed is absent and `note` says so. */
  readonly peers: Record<string, number>
  /** Peer to ours ÷ theirs: below 1 we are faster. */
  readonly ratio: Record<string, number>
  /** That the work was the same: errors, scores, memory. */
  readonly quality: Record<string, unknown>
  readonly note: string
}

export interface Bench {
  readonly name: string
  readonly description: string
  run(context: BenchContext): Promise<BenchResult[]>
}

/** Declares a bench; the default export of `bench/benches/NAME.ts`. */
export function defineBench(bench: Bench): Bench {
  return bench
}

/** A result with its ratios filled in. Peers that gave null are left out. */
export function compare(
  bench: string,
  ours_ms: number,
  peers: Record<string, number | null>,
  more: { quality?: Record<string, unknown>; note?: string } = {},
): BenchResult {
  const ran = Object.entries(peers).filter((entry): entry is [string, number] => entry[1] !== null)
  const skipped = Object.keys(peers).filter((name) => peers[name] === null)
  const note = [more.note, skipped.length > 0 ? `not installed: ${skipped.join(', ')}` : ''].filter(Boolean).join('; ')
  return {
    bench,
    ours_ms,
    peers: Object.fromEntries(ran),
    ratio: Object.fromEntries(ran.map(([name, ms]) => [name, ours_ms / ms])),
    quality: more.quality ?? {},
    note,
  }
}

/** Median milliseconds of a function, after warm-up calls. */
export async function measure(
  run: () => unknown | Promise<unknown>,
  { repeats = 5, warmup = 1 }: { repeats?: number; warmup?: number } = {},
): Promise<number> {
  for (let i = 0; i < warmup; i++) await run()
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const middle = times.length >> 1
  return times.length % 2 === 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2
}

/** Measures ours and the peer in turn, so that a machine whose speed drifts favours neither. */
export async function inTurn<O, P>(
  rounds: number,
  ours: () => Promise<O>,
  peer: () => Promise<P | null>,
): Promise<{ ours: O[]; peers: P[] }> {
  const times: O[] = []
  const peers: P[] = []
  for (let round = 0; round < rounds; round++) {
    times.push(await ours())
    const found = await peer()
    if (found !== null) peers.push(found)
  }
  return { ours: times, peers }
}

/** The lowest of some times; null if there are none. */
export const lowest = (times: readonly number[]): number | null => (times.length > 0 ? Math.min(...times) : null)

/**
 * Runs `bench/peers/PROGRAM` and reads the JSON object on its last line of output.
 *
 * @returns null if the peers are not installed or the program ends with exit code 3 (a peer it needs is missing)
 * @throws Error with the program's stderr if it fails otherwise
 */
export async function runPeer<T = Record<string, number>>(
  context: BenchContext,
  program: string,
  args: readonly (string | number)[] = [],
): Promise<T | null> {
  if (!context.python) {
    context.log(`peer ${program} skipped: run bench/setup-peers first`)
    return null
  }
  const file = fileURLToPath(new URL(`peers/${program}`, import.meta.url))
  try {
    const { stdout } = await promisify(execFile)(context.python, [file, ...args.map(String)], { maxBuffer: 2 ** 28 })
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string }
    if (code !== 3) throw new Error(`bench/peers/${program} failed: ${stderr || error}`)
    context.log(`peer ${program} skipped: ${stderr?.trim()}`)
    return null
  }
}

/** The interpreter of `bench/.venv`, if it was made, or the one that BENCH_PYTHON names. */
export function findPython(): string | null {
  if (process.env.BENCH_PYTHON) return process.env.BENCH_PYTHON
  for (const path of ['.venv/bin/python', '.venv/Scripts/python.exe']) {
    const file = fileURLToPath(new URL(path, import.meta.url))
    if (existsSync(file)) return file
  }
  return null
}

/** Machine and versions, so that a number can be understood later. */
export interface Hardware {
  readonly cpu: string
  readonly cores: number
  readonly memory_gb: number
  readonly os: string
  readonly node: string
  readonly versions: Record<string, string>
}

const npmPackages = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'onnxruntime-node']
const pythonPackages = ['numpy', 'scipy', 'scikit-learn', 'POT', 'torch']

export async function hardware(python: string | null): Promise<Hardware> {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memory_gb: Math.round(os.totalmem() / 2 ** 30),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    versions: { ...npmVersions(), ...(python ? await pythonVersions(python) : {}) },
  }
}

function npmVersions(): Record<string, string> {
  // Resolved from the package that depends on them: pnpm gives each package its own node_modules.
  const require = createRequire(new URL('../packages/backend-onnx/package.json', import.meta.url))
  const here = createRequire(import.meta.url)
  const found: Record<string, string> = {}
  for (const name of npmPackages) {
    for (const resolver of [require, here]) {
      try {
        found[name] ??= resolver(`${name}/package.json`).version
      } catch {
        // An optional package that is not installed has no version.
      }
    }
  }
  return found
}

async function pythonVersions(python: string): Promise<Record<string, string>> {
  const program = `
import importlib.metadata as m, json, platform
found = {'python': platform.python_version()}
for name in ${JSON.stringify(pythonPackages)}:
    try: found[name] = m.version(name)
    except m.PackageNotFoundError: pass
print(json.dumps(found))`
  const { stdout } = await promisify(execFile)(python, ['-c', program])
  return JSON.parse(stdout)
}
