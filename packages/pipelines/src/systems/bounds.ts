import type { PluginKind } from '@dc/core'

/** The size of a training. */
export interface TrainingSize {
  /** Rows that are trained on. */
  readonly rows: number
  /** Rows of the smallest batch. */
  readonly batch: number
  /** Rows of the batches that the recipe was made for. */
  readonly recipe: number
  readonly k: number
}

/** An option of a pipeline's part that is bounded by the number of rows. */
export interface Bound {
  readonly pipelines: readonly string[]
  readonly part: string
  readonly kind: PluginKind
  readonly option: string
  /** What people call it. */
  readonly called: string
  /**
   * @param options all options of the part
   * @param pipeline all options of the pipeline
   * @returns null if there are rows enough
   */
  of(
    size: TrainingSize,
    options: Readonly<Record<string, number>>,
    pipeline: Readonly<Record<string, unknown>>,
  ): {
    /** The greatest value that works; unlimited if left out. */
    readonly most?: number
    /** The greatest value that a default may have. */
    readonly fitting: number
    readonly why: string
  } | null
}

const pseudoLabelling = ['sp2ot', 'p2ot', 'uot', 'pot'] as const

/** Neighbours that views are drawn from at least. */
const fewestNeighbours = 3

/** All such options. Each entry sees the options as the entries before it have changed them. */
export const bounds: readonly Bound[] = [
  {
    pipelines: ['bootsc'],
    part: 'projection',
    kind: 'head',
    option: 'width',
    called: 'width of the embedding',
    of({ batch, k }) {
      // A batch has at most as many orthogonal columns as rows. With that many, the columns no longer show which rows are
      // alike; the published width is half the rows. The batch normalisation before leaves one column fewer than there are
      // rows.
      const half = Math.max(Math.floor(batch / 2), k)
      const why = `its columns are made orthogonal in batches of ${batch} rows`
      return { most: batch, fitting: Math.max(1, Math.min(half, batch - 1)), why }
    },
  },
  {
    pipelines: ['bootsc', 'otdc', ...pseudoLabelling],
    part: 'views',
    kind: 'augmentation',
    option: 'neighbours',
    called: 'neighbours that views are drawn from',
    of({ rows, k }) {
      // Of as many neighbours as its cluster has rows, many are of other clusters.
      const fitting = Math.max(fewestNeighbours, Math.floor(rows / k / 2))
      return { fitting, why: `a cluster has ${Math.round(rows / k)} rows on average` }
    },
  },
  {
    pipelines: pseudoLabelling,
    part: 'neighbours',
    kind: 'affinity',
    option: 'neighbours',
    called: 'neighbours',
    of({ rows }, _, { assign }) {
      // P²OT does not use neighbours.
      if (assign === 'p2ot' || (assign as { name?: string }).name === 'p2ot') return null
      return { most: rows - 1, fitting: rows - 1, why: `a row has ${rows - 1} others` }
    },
  },
  {
    pipelines: pseudoLabelling,
    part: 'assign',
    kind: 'assigner',
    option: 'weight',
    called: 'weight of the neighbours',
    of({ rows, recipe }, { weight, batches }) {
      // The term C − λ₁(S + Sᵀ)Q of SP²OT (Zhang, Ren, He 2024) grows with one over the rows. Far above the costs nothing else
      // counts, and the solver's rounds do not settle.
      if (rows >= recipe) return null
      const buffer = recipe * batches
      const fitting = Number(((weight * rows) / buffer).toPrecision(3))
      return { fitting, why: `it is for ${buffer} rows, and counts the more the fewer there are` }
    },
  },
  {
    pipelines: pseudoLabelling,
    part: 'assign',
    kind: 'assigner',
    option: 'batches',
    called: 'batches that are kept',
    of({ rows, recipe, batch }) {
      const fitting = Math.floor(rows / batch)
      return rows >= recipe ? null : { fitting, why: `${fitting === 1 ? 'one has' : 'so many have'} all rows` }
    },
  },
]
