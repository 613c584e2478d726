// How well embeddings are clustered: ours and the peers, ACC, NMI, ARI and seconds, mean ± sd over seeds, a table as Markdown.
//   npx tsx --tsconfig tsconfig.json bench/quality-embeddings.ts SEEDS OURS PEERS ROWS.npy …
// SEEDS    as 0,1,2,3,4
// OURS     methods, as bootsc,sp2ot,otdc,consensus,leiden,kmeans,spectral, or none; METHOD:PRESET takes
//          another recipe, and @auto behind it leaves the number of clusters to the method
// PEERS    of kmeans,spectral,leiden,umap,turtle,temi, or none (bench/peers/quality_embeddings.py says what they are)
// ROWS     files with the classes in NAME-labels.npy beside them; the number of classes is given to all that take it
// The peers run if bench/.venv has them (bench/setup-peers), or BENCH_PYTHON names an interpreter. Lines of progress go to stderr.
import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadNpy } from '@dc/data'
import { accuracy, adjustedRandIndex, contingencyTable, normalizedMutualInformation } from '@dc/metrics'
import { fit } from '@dc/pipelines'
import { findPython } from './frame.ts'

interface Scored {
  readonly acc: number
  readonly nmi: number
  readonly ari: number
  readonly k: number
  readonly s: number
}

const [seeds, ours, peers, ...files] = process.argv.slice(2)
const listed = (text: string) => (text === 'none' ? [] : text.split(','))
const python = findPython()

function scored(truth: Int32Array, labels: Int32Array, s: number): Scored {
  const table = contingencyTable(truth, labels)
  const k = new Set(labels).size
  return { acc: accuracy(table), nmi: normalizedMutualInformation(table), ari: adjustedRandIndex(table), k, s }
}

function cells(runs: readonly Scored[]): string {
  const column = (of: (run: Scored) => number, digits: number) => {
    const values = runs.map(of)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1))
    return {
      mean: mean.toFixed(digits),
      both: `${mean.toFixed(digits)}${runs.length > 1 ? ` ± ${sd.toFixed(digits)}` : ''}`,
    }
  }
  const scores = [(run: Scored) => run.acc, (run: Scored) => run.nmi, (run: Scored) => run.ari]
  return [
    ...scores.map((of) => column(of, 3).both),
    column((run) => run.k, 0).mean,
    column((run) => run.s, 1).mean,
    runs.length,
  ].join(' | ')
}

for (const file of files) {
  const data = await loadNpy(file, file.replace(/\.npy$/, '-labels.npy'))
  const truth = data.labels as Int32Array
  const k = new Set(truth).size
  const found = new Map<string, Scored[]>()
  const note = (method: string, seed: number, run: Scored) => {
    found.set(method, [...(found.get(method) ?? []), run])
    console.error(JSON.stringify({ set: basename(file), method, seed, ...run }))
  }
  for (const asked of listed(ours)) {
    const [named, auto] = asked.split('@')
    const [method, preset] = named.split(':')
    const number = auto === 'auto' ? (auto as 'auto') : k
    for (const seed of listed(seeds).map(Number)) {
      const start = performance.now()
      const { labels } = await fit(data, {
        method,
        seed,
        ...(method !== 'leiden' && { k: number }),
        ...(preset && { preset }),
      })
      note(`**${asked}**`, seed, scored(truth, labels, (performance.now() - start) / 1000))
    }
  }
  if (python)
    for (const method of listed(peers)) {
      const script = fileURLToPath(new URL('peers/quality_embeddings.py', import.meta.url))
      const given = [script, file, String(k), method === 'spectral' ? '0' : seeds, method]
      const { stdout } = await promisify(execFile)(python, given, { maxBuffer: 2 ** 28 })
      for (const line of stdout.trim().split('\n')) {
        const { method: name, seed, s, labels } = JSON.parse(line)
        note(name, seed, scored(truth, Int32Array.from(labels), s))
      }
    }
  console.log(`\n### ${basename(file)}: ${data.size} × ${data.sampleShape.join(' × ')}, ${k} classes\n`)
  console.log('| method | ACC | NMI | ARI | K | s | seeds |\n| --- | --- | --- | --- | --- | --- | --- |')
  for (const [method, runs] of found) console.log(`| ${method} | ${cells(runs)} |`)
}
process.exit(0)
