// `dclust cluster FILE --k K` from the shell to the report, beside what people run in Python on the same rows.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@dc/core'
import { loadNpy } from '@dc/data'
import { accuracy, adjustedRandIndex, contingencyTable, normalizedMutualInformation } from '@dc/metrics'
import { writeNpy } from '@dc/pipelines/sharded'
import { type BenchContext, type BenchResult, compare, runPeer } from './frame.ts'

const width = 384
const cases = [
  { name: 'texts', rows: 2040, k: 12, file: 'texts-12.npy' },
  { name: 'a mixture', rows: 10_000, k: 20 },
  { name: 'a mixture', rows: 70_000, k: 50 },
]

/** Seconds and labels of each peer, and its peak of memory. */
interface Peers {
  readonly [method: string]: { readonly s: number; readonly labels: readonly number[]; readonly peak_mb: number }
}

/**
 * The command from start to end, each case once: the process is new, as it is for who types it. The texts are those of the folder
 * that DC_EMBEDDINGS names; else a mixture of that size stands for them. The ratio to peers is of the whole time.
 */
export async function clusterLines(context: BenchContext): Promise<BenchResult[]> {
  const lines: BenchResult[] = []
  for (const { name, rows: whole, k, file } of cases) {
    const rows = context.quick ? Math.min(400, whole) : whole
    const title = `cluster ${rows.toLocaleString('en-US')} × ${width}, K ${k}`
    if (!context.wants(title)) continue
    const work = mkdtempSync(join(tmpdir(), 'cluster-'))
    try {
      const given = file && process.env.DC_EMBEDDINGS ? join(process.env.DC_EMBEDDINGS, file) : ''
      const real = !context.quick && existsSync(given)
      const path = real ? given : join(work, 'rows.npy')
      const truth = real
        ? ((await loadNpy(given, given.replace(/\.npy$/, '-labels.npy'))).labels as Int32Array)
        : await mixture(path, rows, k)
      context.log(`${title}: ours`)
      const ours = await command(path, k, join(work, 'run'))
      context.log(`${title}: Python`)
      const peers = await runPeer<Peers>(context, 'cluster.py', [path, k])
      const quality = (labels: Int32Array) => {
        const table = contingencyTable(truth, labels)
        const shown = (value: number) => Number(value.toFixed(3))
        return `ACC ${shown(accuracy(table))}, NMI ${shown(normalizedMutualInformation(table))}, ARI ${shown(adjustedRandIndex(table))}`
      }
      lines.push(
        compare(
          title,
          ours.ms,
          peers
            ? Object.fromEntries(Object.entries(peers).map(([method, { s }]) => [method, 1000 * s]))
            : { Python: null },
          {
            quality: {
              'ours, peak MB': ours.peakMb,
              'ours, first labels after s': ours.firstLabels,
              ours: quality(ours.labels),
              ...(peers &&
                Object.fromEntries(
                  Object.entries(peers).flatMap(([method, { labels, peak_mb }]) => [
                    [method, quality(Int32Array.from(labels))],
                    [`${method}, peak MB`, peak_mb],
                  ]),
                )),
            },
            note: `${real ? name : 'a mixture of Gaussians, 24 of the columns\u2019 directions, with noise'}; ours with the scores beside it, map and report; once, a new process`,
          },
        ),
      )
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return lines
}

/** Groups that touch, on a sphere, as embeddings are: their centres in 24 dimensions, noise in all. */
async function mixture(path: string, rows: number, k: number): Promise<Int32Array> {
  const random = createRandom(1)
  const inner = 24
  const centres = random.normals(k * inner)
  const axes = random.normals(inner * width).map((value) => value / Math.sqrt(width))
  const values = new Float32Array(rows * width)
  const labels = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    labels[row] = random.integer(k)
    const own = values.subarray(row * width, (row + 1) * width)
    for (let at = 0; at < inner; at++) {
      const coordinate = centres[labels[row] * inner + at] + random.normal()
      for (let c = 0; c < width; c++) own[c] += coordinate * axes[at * width + c]
    }
    let length = 0
    for (let c = 0; c < width; c++) {
      own[c] += 0.25 * random.normal()
      length += own[c] ** 2
    }
    for (let c = 0; c < width; c++) own[c] /= Math.sqrt(length)
  }
  await writeNpy(path, values, [rows, width])
  return labels
}

interface Command {
  readonly ms: number
  readonly peakMb: number
  /** Seconds until labels were on the disk; null if none were before the end. */
  readonly firstLabels: number | null
  readonly labels: Int32Array
}

async function command(path: string, k: number, out: string): Promise<Command> {
  const program = fileURLToPath(new URL('../apps/cli/bin/dclust.js', import.meta.url))
  // Not maxRSS where it can be helped: a child starts with its parent's there.
  const peak = `import { readFileSync } from 'node:fs'
    process.on('exit', () => {
      let most = process.resourceUsage().maxRSS
      try { most = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) } catch {}
      process.stderr.write('peak ' + most + '\\n')
    })`
  const start = performance.now()
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(peak)}`,
      program,
      'cluster',
      path,
      '--k',
      `${k}`,
      '--out',
      out,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let told = ''
  let firstLabels: number | null = null
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
    if (firstLabels === null && /first labels/.test(told)) firstLabels = seconds(start)
  })
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`dclust cluster failed: ${told}`)
  const ms = performance.now() - start
  const peakMb = Math.round(Math.max(...[...told.matchAll(/^peak (\d+)$/gm)].map(([, kb]) => Number(kb))) / 1024)
  // Rows have no names here, so no cell has a comma.
  const records = readFileSync(join(out, 'labels.csv'), 'utf8').trimEnd().split('\n').slice(1)
  return { ms, peakMb, firstLabels, labels: Int32Array.from(records, (record) => Number(record.split(',')[2])) }
}

const seconds = (start: number) => Number(((performance.now() - start) / 1000).toFixed(1))
