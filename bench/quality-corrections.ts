// What corrections are worth: the true classes of some random rows are given as corrections of a clustering. ACC beside that of no
// correction, and beside a linear probe (multinomial logistic regression on rows of length 1) that is trained on the same rows alone.
//   npx tsx --tsconfig tsconfig.json bench/quality-corrections.ts SEEDS METHODS SHARES ROWS.npy …
// SEEDS    as 0,1,2
// METHODS  of consensus,bootsc,kmeans,otdc,sp2ot
// SHARES   of the rows that are corrected, as 0.01,0.05
// ROWS     files with the classes in NAME-labels.npy beside them
// A corrected row is told the cluster that its class was matched to (one-to-one, over all rows): a person sees which cluster is which.
// ACC is over the rows that were not corrected, for all columns. Lines of progress go to stderr.
import { basename } from 'node:path'
import { createRandom } from '@dc/core'
import { loadNpy } from '@dc/data'
import { optimalMatching } from '@dc/metrics'
import { correctedOf, fit } from '@dc/pipelines'

const [seedList, methodList, shareList, ...files] = process.argv.slice(2)
const listed = (text: string) => text.split(',')

/** Logistic regression by full-batch gradient descent with momentum, L2 1e-4, on rows of length 1 (scaled by 10). */
function probe(values: Float32Array, width: number, rows: Int32Array, truth: Int32Array, k: number): Int32Array {
  const n = values.length / width
  const x = new Float32Array(values.length)
  for (let row = 0; row < n; row++) {
    let norm = 0
    for (let c = 0; c < width; c++) norm += values[row * width + c] ** 2
    for (let c = 0; c < width; c++) x[row * width + c] = (10 * values[row * width + c]) / (Math.sqrt(norm) || 1)
  }
  const weights = new Float64Array(k * (width + 1))
  const speed = new Float64Array(weights.length)
  const scores = (row: number) =>
    Float64Array.from({ length: k }, (_, c) => {
      let sum = weights[c * (width + 1) + width]
      for (let d = 0; d < width; d++) sum += weights[c * (width + 1) + d] * x[row * width + d]
      return sum
    })
  for (let step = 0; step < 300; step++) {
    const gradient = weights.map((weight) => 1e-4 * weight)
    for (const row of rows) {
      const logits = scores(row)
      const most = Math.max(...logits)
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0)
      for (let c = 0; c < k; c++) {
        const error = (Math.exp(logits[c] - most) / total - (truth[row] === c ? 1 : 0)) / rows.length
        for (let d = 0; d < width; d++) gradient[c * (width + 1) + d] += error * x[row * width + d]
        gradient[c * (width + 1) + width] += error
      }
    }
    for (let at = 0; at < weights.length; at++) {
      speed[at] = 0.9 * speed[at] - 0.05 * gradient[at]
      weights[at] += speed[at]
    }
  }
  return Int32Array.from({ length: n }, (_, row) => {
    const logits = scores(row)
    return logits.indexOf(Math.max(...logits))
  })
}

for (const file of files) {
  const data = await loadNpy(file, file.replace(/\.npy$/, '-labels.npy'))
  const truth = data.labels as Int32Array
  const k = new Set(truth).size
  const width = data.sampleShape[0]
  const values = await data.read(Int32Array.from({ length: data.size }, (_, row) => row))
  const table = new Map<string, number[]>()
  const note = (row: string, value: number) => {
    table.set(row, [...(table.get(row) ?? []), value])
    console.error(JSON.stringify({ set: basename(file), row, value }))
  }
  for (const seed of listed(seedList).map(Number)) {
    const shares = listed(shareList).map(Number)
    const order = createRandom(seed).split('corrected').permutation(data.size)
    for (const method of listed(methodList)) {
      const init = await fit(data, { method, seed, k })
      // cluster → class
      const counts = new Float64Array(k * k)
      for (const [row, label] of init.labels.entries()) counts[truth[row] * k + label]++
      const clusterOf = optimalMatching(counts, k, k)
      const right = (labels: Int32Array, rows: Int32Array) =>
        rows.reduce((sum, row) => sum + (labels[row] === clusterOf[truth[row]] ? 1 : 0), 0) / rows.length
      for (const share of shares) {
        const told = order.slice(0, Math.round(share * data.size))
        const others = order.slice(told.length)
        note(`${share} | ${method}, none`, right(init.labels, others))
        const corrections = {
          version: 1 as const,
          of: await correctedOf(data, init.labels, init.k),
          labels: Array.from(told, (row) => ({ row, cluster: clusterOf[truth[row]] })),
        }
        const start = performance.now()
        const again = await fit(data, { method, seed, corrections, init })
        const { held, of } = again.corrections!.labels
        console.error(`${held} of ${of} hold, ${((performance.now() - start) / 1000).toFixed(1)} s`)
        note(`${share} | **${method}, corrected**`, right(again.labels, others))
      }
    }
    for (const share of shares) {
      const told = order.slice(0, Math.round(share * data.size))
      const found = probe(values, width, told, truth, k)
      const others = order.slice(told.length)
      note(
        `${share} | linear probe`,
        others.reduce((sum, row) => sum + (found[row] === truth[row] ? 1 : 0), 0) / others.length,
      )
    }
  }
  console.log(`\n### ${basename(file)}: ${data.size} × ${width}, ${k} classes\n`)
  console.log('| corrected rows | | ACC | seeds |\n| --- | --- | --- | --- |')
  for (const [row, found] of [...table].sort())
    console.log(
      `| ${row} | ${(found.reduce((sum, value) => sum + value, 0) / found.length).toFixed(3)} | ${found.length} |`,
    )
}
process.exit(0)
