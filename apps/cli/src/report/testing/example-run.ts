// A small finished run, for tests of the report.
import { createRandom } from '@dc/core'
import { type MemoryDataset, memoryDataset } from '@dc/data'
import { certainty, heldPlaces } from '@dc/pipelines'
import { agreementOf } from '../../judge/agreement'
import { layOut } from '../map2d'
import type { RunResult } from '../run-result'

export const n = 24
const random = createRandom(0)
export const truth = Int32Array.from({ length: n }, (_, row) => row % 3)
export const labels = truth.map((label, row) => (row < 3 ? 3 : (label + 1) % 3))
export const values = Float32Array.from(
  { length: 4 * n },
  (_, at) => truth[Math.floor(at / 4)] + 0.1 * random.uniform(),
)

const sure = await certainty(heldPlaces(values, 4), labels, 4)
const { map } = await layOut(heldPlaces(values, 4), n, 0)

/** 24 squares of three classes in four clusters. */
export function example(change: Partial<RunResult['dataset']> = {}): { run: RunResult; dataset: MemoryDataset } {
  const dataset = memoryDataset({
    name: 'squares',
    values,
    sampleShape: [2, 2, 1],
    labels: truth,
    classNames: ['<script>alert(1)</script>', 'b & c', 'd'],
    image: { height: 2, width: 2, channels: 1, range: [0, 2] },
    ...change,
  })
  const scores = { silhouette: 0.5, neighbourAgreement: 0.75, sizeBalance: 0.95, sizes: [8, 7, 6, 3], seconds: 1 }
  const other = { ...scores, acc: 1, nmi: 1, ari: 1, k: 4, method: 'best of 10 starts', partAgreement: 0.9 }
  const history = [{ loss: 2 }, { loss: 1 }]
  const run: RunResult = {
    pipeline: 'bootsc',
    supervised: false,
    recipe: { name: 'small', description: 'a small recipe' },
    labelRule: { name: 'prototypes', description: 'the highest score' },
    dataset,
    k: 4,
    seeds: [{ seed: 0, epochs: 2, history, acc: 0.875, nmi: 0.9, ari: 0.8, ...scores }],
    shownSeed: 0,
    shown: { labels, certainty: sure, map, mapMethod: 'UMAP' },
    baselines: {
      kmeans: { ...other, labels: truth },
      spectral: { ...other, method: '15 nearest neighbours', labels: truth },
    },
    seedAgreement: null,
    agreement: agreementOf([
      ['bootsc', labels],
      ['k-means', truth],
      ['spectral clustering', truth],
    ]),
    space: 'the pixels as they are',
    verdict: 'By the true classes bootsc (ARI 0.800) is behind k-means (1.000) and spectral clustering (1.000).',
    warnings: [],
    clusters: [8, 7, 6, 3].map((size, cluster) => ({
      ...{ size, silhouette: 0.5, neighbourAgreement: 0.75 },
      ...{ nearest: [{ cluster: (cluster + 1) % 4, share: 0.2 }], overlap: { 'k-means': 0.6 } },
    })),
    backend: { name: 'cpu', description: 'plain', attempts: [{ name: 'cpu', used: true, reason: 'works' }] },
    seconds: 2,
    finishedAt: '2026-01-31T10:20:30.000Z',
    failures: {},
    config: { k: 4 },
    environment: { node: '20' },
  }
  return { run, dataset }
}
