import type { Recipe } from './recipe'

const plain = { training: null, labels: 'prototypes' } as const

/** The methods that everything else is compared with. */
export const classicalPresets: readonly Recipe[] = [
  {
    ...plain,
    name: 'kmeans',
    pipeline: 'kmeans',
    description: 'k-means: best of 10 starts on the rows as they are',
    options: {},
  },
  {
    ...plain,
    name: 'spectral',
    pipeline: 'spectral',
    description: 'Spectral clustering: graph of 15 nearest neighbours, of embeddings by direction',
    options: {},
  },
  {
    ...plain,
    name: 'leiden',
    pipeline: 'leiden',
    description: 'Leiden communities of the graph of 15 nearest neighbours, of embeddings by direction; finds k',
    options: {},
  },
  {
    ...plain,
    name: 'consensus',
    pipeline: 'consensus',
    description:
      "What Leiden's communities and k-means on UMAP's layout agree on: graph of 15 nearest neighbours, no training",
    options: {},
  },
]
