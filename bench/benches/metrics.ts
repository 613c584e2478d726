// Metrics: external scores of 100,000 labels in 100 × 100 clusters, the silhouette of 10,000 × 784, against scikit-learn.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core'
import { adjustedMutualInformation, adjustedRandIndex, normalizedMutualInformation, silhouette } from '@dc/metrics'
import { nativeProducts } from '@dc/spectral'
import { type BenchContext, type BenchResult, compare, defineBench, measure, runPeer } from '../frame.ts'

/** Score to its milliseconds and value in scikit-learn. */
type Peer = Record<'ami' | 'nmi' | 'ari' | 'silhouette', { ms: number; value: number }>

const external = { ami: adjustedMutualInformation, nmi: normalizedMutualInformation, ari: adjustedRandIndex }

async function run(context: BenchContext, folder: string): Promise<BenchResult[]> {
  const [labels, clusters] = [context.quick ? 5000 : 100_000, 100]
  const [rows, width, groups] = [context.quick ? 500 : 10_000, 784, 10]
  const random = createRandom(0)
  const truth = Int32Array.from({ length: labels }, () => random.integer(clusters))
  const found = truth.map((label) => (random.uniform() < 0.6 ? label : random.integer(clusters)))
  const group = Int32Array.from({ length: rows }, (_, row) => row % groups)
  const centres = random.normals(groups * width)
  const features = random.normals(rows * width)
  for (let at = 0; at < features.length; at++)
    features[at] += 0.5 * centres[group[Math.floor(at / width)] * width + (at % width)]
  for (const [name, values] of Object.entries({ truth, found, group, features }))
    writeFileSync(join(folder, name), values)

  context.log('scikit-learn')
  const peer = await runPeer<Peer>(context, 'metrics.py', [folder, width])
  const line = (title: string, ours: number, value: number, name: keyof Peer, note?: string) => {
    const theirs = peer?.[name] ?? null
    const difference = theirs && { 'differs by': Math.abs(value - theirs.value) }
    return compare(title, ours, { 'scikit-learn': theirs?.ms ?? null }, { quality: { value, ...difference }, note })
  }

  context.log('ours')
  const results: BenchResult[] = []
  for (const [name, score] of Object.entries(external)) {
    const ms = await measure(() => score(truth, found), { repeats: 15, warmup: 5 })
    const title = `${name.toUpperCase()}, ${labels} labels, ${clusters} × ${clusters}`
    results.push(line(title, ms, score(truth, found), name as keyof typeof external))
  }
  const products = await nativeProducts()
  const compute = () => silhouette({ values: features, shape: [rows, width] }, group, { products })
  const ms = await measure(compute, { repeats: 5, warmup: 3 })
  const note = 'ours with a lent float32 product, theirs float64'
  results.push(line(`silhouette, ${rows} × ${width}`, ms, compute(), 'silhouette', note))
  return results
}

export default defineBench({
  name: 'metrics',
  description: 'AMI, NMI, ARI of 100,000 labels and the silhouette of 10,000 × 784, beside scikit-learn',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'metrics-'))
    try {
      return await run(context, folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
})
