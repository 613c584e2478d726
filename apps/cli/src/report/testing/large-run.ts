// Runs of many rows, whose report is opened in a browser. Labels and places are made, not found: the page does not care.
import { createRandom, type Dataset } from '@dc/core'
import { agreementOf } from '../../judge/agreement'
import type { RunResult } from '../run-result'
import { example } from './example-run'

/** A run of n rows in k islands; `kind` says what the rows are. */
export function largeRun(
  n: number,
  k: number,
  kind: 'images' | 'texts' | 'rows',
): { run: RunResult; dataset: Dataset } {
  const random = createRandom(n)
  const labels = Int32Array.from({ length: n }, (_, row) => row % k)
  // One row in ten is of another class than its cluster.
  const truth = labels.map((label, row) => (row % 10 === 3 ? (label + 1) % k : label))
  const map = new Float64Array(2 * n)
  labels.forEach((label, row) => {
    const angle = (2 * Math.PI * label) / k
    map[2 * row] = Math.min(1, Math.max(0, 0.5 + 0.38 * Math.cos(angle) + 0.03 * random.normal()))
    map[2 * row + 1] = Math.min(1, Math.max(0, 0.5 + 0.38 * Math.sin(angle) + 0.03 * random.normal()))
  })
  const side = kind === 'images' ? 32 : 1
  const { run } = example()
  const about = {
    name: kind,
    size: n,
    sampleShape: kind === 'images' ? [side, side, 3] : [1],
    labels: truth,
    classNames: Array.from({ length: k }, (_, index) => `a class with quite a long name ${index}`),
    rowNames: Array.from({ length: n }, (_, row) => `folder ${row % k}/file-${row}.png`),
    ...(kind === 'texts' && {
      texts: Array.from({ length: n }, (_, row) => `text ${row} about the matter ${row % k} & <b>`),
    }),
    ...(kind === 'images' && { image: { height: side, width: side, channels: 3 as const, range: [0, 1] as const } }),
  }
  const dataset: Dataset = {
    ...about,
    async read(rows) {
      const size = about.sampleShape.reduce((product, one) => product * one, 1)
      const own = createRandom(rows.length)
      return Float32Array.from({ length: rows.length * size }, (_, at) => {
        const row = rows[Math.floor(at / size)]
        const [y, x] = [Math.floor((at % size) / (3 * side)), Math.floor((at % size) / 3) % side]
        return 0.5 + 0.4 * Math.sin((x * ((row % k) + 1)) / 9 + y / 5 + (at % 3)) + 0.1 * own.uniform()
      })
    },
  }
  const sizes = Array.from({ length: k }, (_, cluster) =>
    labels.reduce((sum, label) => sum + Number(label === cluster), 0),
  )
  const scores = { ...run.seeds[0], sizes }
  const baselines = Object.fromEntries(
    Object.entries(run.baselines).map(([name, scores]) => [name, { ...scores, k, sizes, labels: truth }]),
  ) as unknown as RunResult['baselines']
  return {
    dataset,
    run: {
      ...run,
      ...{ dataset, k, baselines, seeds: [scores] },
      corrects: { data: 'a'.repeat(64), labels: 'b'.repeat(64), rows: n, k },
      shown: {
        labels,
        certainty: Float64Array.from({ length: n }, () => random.uniform()),
        map,
        mapMethod: 'places that were made',
      },
      agreement: agreementOf([
        ['bootsc', labels],
        ['k-means', truth],
      ]),
      clusters: sizes.map((size, cluster) => ({
        ...{ size, silhouette: 0.5, neighbourAgreement: 0.75 },
        ...{ nearest: [{ cluster: (cluster + 1) % k, share: 0.2 }], overlap: { 'k-means': 0.6 } },
      })),
    },
  }
}
