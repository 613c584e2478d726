import { createRandom, type SparseRows } from '@dc/core'
import { type CommunityQuality, communityQuality, leiden, symmetrise } from '@dc/spectral'
import { array, defineParityCheck, number, type Oracle } from '../frame.ts'

interface Case {
  readonly quality: CommunityQuality
  readonly resolution: number
  readonly labels: readonly number[]
  readonly value: number
  readonly mean: number
}

/** `leiden*`: the quality of leidenalg's labels by our formula; our best and mean of 20 seeds are at most 0.5 % below its own. */
export default defineParityCheck({
  matches: /^leiden/,
  async run(oracle) {
    const graph = graphOf(oracle)
    return (oracle.cases as readonly Case[]).flatMap(({ labels, value, mean: theirMean, ...options }) => {
      const name = `${options.quality}, resolution ${options.resolution}`
      const formula = communityQuality(graph, labels, options)
      const found = Array.from(
        { length: 20 },
        (_, seed) => leiden(graph, { ...options, random: createRandom(seed) }).quality,
      )
      const mean = found.reduce((a, b) => a + b, 0) / found.length
      return [
        { name: `${name}: their labels`, error: Math.abs(formula / value - 1), tolerance: 1e-12 },
        { name: `${name}: best seed`, error: Math.max(0, 1 - Math.max(...found) / value), tolerance: 0.005 },
        { name: `${name}: mean of seeds`, error: Math.max(0, 1 - mean / theirMean), tolerance: 0.005 },
      ]
    })
  },
})

/** Edges stand in the file once, in one direction. */
function graphOf(oracle: Oracle): SparseRows {
  const [n, { data: ends }, { data: weights }] = [
    number(oracle, 'nodes'),
    array(oracle, 'edges'),
    array(oracle, 'weights'),
  ]
  const order = [...weights.keys()].sort((a, b) => ends[2 * a] - ends[2 * b])
  const offsets = new Int32Array(n + 1)
  for (const at of order) offsets[ends[2 * at] + 1]++
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i]
  const directed = {
    rows: n,
    columns: n,
    offsets,
    indices: Int32Array.from(order, (at) => ends[2 * at + 1]),
    values: Float64Array.from(order, (at) => weights[at]),
  }
  return symmetrise(directed, 'max')
}
