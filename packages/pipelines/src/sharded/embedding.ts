import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeUnfinished } from '@dc/core/cache'
import { OptionError } from '@dc/core/plugin'
import { orthonormalising, symmetricEigen } from '@dc/spectral'
import { addedInOrder, allDone } from './in-order'
import { packed } from './packed'
import type { ShardRunner } from './runner'

/** How {@link shardedEmbedding} works. */
export interface ShardedEmbeddingOptions {
  /** Coordinates of a row. */
  readonly components: number
  /** Where the graph is, as `shardedGraph` writes it. */
  readonly graph: string
  /** The number of the first row of each shard, and of all rows. */
  readonly starts: readonly number[]
  /** A folder that all who work see. */
  readonly out: string
  readonly seed?: number
  /** Largest residual, where the spectrum ends at 2. Default 1e-6. */
  readonly tolerance?: number
  /** Most restarts. Default 100. */
  readonly restarts?: number
  /** Degree of the Chebyshev filter: products with the graph for each restart. Default 32. */
  readonly degree?: number
  readonly onRestart?: (restart: number, residual: number) => void
}

/** How an embedding was found. */
export interface ShardedEmbedding {
  /** Of the Laplacian, ascending. */
  readonly eigenvalues: Float64Array
  readonly residuals: Float64Array
  readonly restarts: number
  readonly converged: boolean
}

interface Block {
  readonly name: string
  readonly width: number
}

/**
 * The spectral embedding of a graph whose rows lie in shards: the eigenvectors of `1 − D^(−½) W D^(−½)` with the smallest
 * eigenvalues, each row divided by the root of its degree, as `spectralEmbedding` has them for `random-walk` (each coordinate
 * up to its sign). Blocks of vectors are files, a shard's rows in each; the products with the graph go by row blocks, and small
 * matrices are summed over the shards in their order.
 *
 * Restarted block Lanczos on a Chebyshev polynomial, as `sparseEigenpairs`. Of each shard there is a file `embedding-…`, `[rows,
 * components]` float64: a folder of shards again.
 *
 * @throws OptionError for more components than there are rows
 * @see Zhou, Saad, Tiago and Chelikowsky 2006
 * @example
 * const starts = startsOf(await openFolder('features'))
 * await shardedEmbedding(inThisProcess(), { components: 8, graph: 'knn', starts, out: 'embedding' })
 */
export async function shardedEmbedding(
  runner: ShardRunner,
  options: ShardedEmbeddingOptions,
): Promise<ShardedEmbedding> {
  const { components, graph, starts, out, seed = 0, tolerance = 1e-6, restarts = 100, degree = 32 } = options
  const all = starts[starts.length - 1]
  const width = components + Math.max(4, components >> 1)
  if (!(Number.isInteger(components) && components >= 1 && 2 * width <= all))
    throw new OptionError('components', components, `an integer from 1; twice that and 8 are at most the ${all} rows`)
  const folder = join(out, 'work')
  await mkdir(folder, { recursive: true })
  let made = 0
  const fresh = () => `b${made++}`
  const rowsOf = (shard: number) => starts[shard + 1] - starts[shard]
  const shards = Array.from({ length: starts.length - 1 }, (_, shard) => shard)
  const each = (task: string, args: (shard: number) => object, change?: Float64Array) =>
    shards.map((shard) => ({
      task,
      args: { folder, shard, ...args(shard) },
      ...(change && { values: { change: packed({ change }) } }),
    }))

  async function recur(x: Block, before: Block | null, scale: number, centre: number, keep: number): Promise<Block> {
    const name = fresh()
    const about = {
      graph: folder,
      starts,
      width: x.width,
      x: x.name,
      before: before?.name ?? null,
      scale,
      centre,
      keep,
    }
    await allDone(
      runner,
      each('recur', () => ({ ...about, out: name })),
    )
    return { name, width: x.width }
  }
  async function gram(x: Block, y: Block): Promise<Float64Array> {
    const { sums } = await addedInOrder(
      runner,
      each('gram', (shard) => ({ x: x.name, y: y.name, rows: rowsOf(shard) })),
      ['sums'],
    )
    return sums
  }
  async function combine(blocks: readonly Block[], change: Float64Array, columns: number): Promise<Block> {
    const name = fresh()
    const about = { blocks: blocks.map(({ name }) => name), columns, out: name }
    await allDone(
      runner,
      each('combine', (shard) => ({ ...about, rows: rowsOf(shard) }), change),
    )
    return { name, width: columns }
  }
  /** Files of blocks that are no longer needed. */
  async function keepOnly(kept: readonly Block[]): Promise<void> {
    const names = new Set(kept.map(({ name }) => name))
    for (const file of await readdir(folder)) {
      const block = /^(b\d+)-/.exec(file)?.[1]
      if (block !== undefined && !names.has(block)) await rm(join(folder, file), { force: true })
    }
  }

  /** By the eigendecomposition of the Gram matrix (Stathopoulos and Wu 2002); columns that depend on others are dropped. */
  async function orthonormal(block: Block, basis?: Block): Promise<Block | null> {
    let current: Block | null = block
    for (let pass = 0; pass < 2 && current; pass++) {
      if (basis) {
        const inside: Float64Array = await gram(basis, current)
        current = await combine([current, basis], minusSpan(inside, current.width), current.width)
      }
      const change: Float64Array = orthonormalising(await gram(current, current), current.width)
      current = change.length === 0 ? null : await combine([current], change, change.length / current.width)
    }
    return current
  }

  /** Lowest Ritz pairs of the blocks side by side, which are orthonormal together, and their images. */
  async function rayleighRitz(blocks: readonly Block[]) {
    const images: Block[] = []
    for (const block of blocks) images.push(await recur(block, null, 1, 0, 0))
    const total = blocks.reduce((sum, { width }) => sum + width, 0)
    const projected = new Float64Array(total * total)
    let row = 0
    for (const left of blocks) {
      let column = 0
      for (const image of images) {
        const part = await gram(left, image)
        for (let a = 0; a < left.width; a++)
          for (let b = 0; b < image.width; b++) projected[(row + a) * total + column + b] = part[a * image.width + b]
        column += image.width
      }
      row += left.width
    }
    const symmetric = projected.map(
      (value, at) => (value + projected[(at % total) * total + Math.floor(at / total)]) / 2,
    )
    const solved = symmetricEigen({ values: symmetric, rows: total, columns: total })
    const kept = Math.min(width, total)
    const change = new Float64Array(total * kept)
    for (let a = 0; a < total; a++)
      for (let b = 0; b < kept; b++) change[a * kept + b] = solved.vectors.values[a * total + b]
    const vectors = await combine(blocks, change, kept)
    // The image less the eigenvalues' multiples.
    const image = await combine(images, change, kept)
    const values = solved.values.slice(0, kept)
    const scaled = new Float64Array(2 * kept * kept)
    for (let c = 0; c < kept; c++) {
      scaled[c * kept + c] = 1
      scaled[(kept + c) * kept + c] = -values[c]
    }
    const left = await combine([image, vectors], scaled, kept)
    const squares = await gram(left, left)
    const residuals = Float64Array.from({ length: components }, (_, c) => Math.sqrt(squares[c * kept + c]))
    return { vectors, values, residuals }
  }

  try {
    await allDone(
      runner,
      each('scale-graph', () => ({ graph, starts })),
    )
    const first = fresh()
    await allDone(
      runner,
      each('draw', (shard) => ({ seed, rows: rowsOf(shard), width, out: first })),
    )
    let ritz = await rayleighRitz([(await orthonormal({ name: first, width }))!])
    let restart = 0
    for (let settled = false; restart < restarts && !settled; restart++) {
      await keepOnly([ritz.vectors])
      const filtered = await filter(ritz, degree, recur)
      const added = await orthonormal(filtered, ritz.vectors)
      ritz = await rayleighRitz(added ? [ritz.vectors, added] : [ritz.vectors])
      const worst = ritz.residuals.reduce((most, residual) => Math.max(most, residual), 0)
      options.onRestart?.(restart + 1, worst)
      settled = worst <= 2 * tolerance
    }
    const change = new Float64Array(ritz.vectors.width * components)
    for (let c = 0; c < components; c++) change[c * components + c] = 1
    const about = { blocks: [ritz.vectors.name], columns: components, out: 'embedding', into: out, degrees: graph }
    await allDone(
      runner,
      each('combine', (shard) => ({ ...about, rows: rowsOf(shard) }), change),
    )
    const { residuals, values } = ritz
    const converged = residuals.every((residual) => residual <= 2 * tolerance)
    return { eigenvalues: values.slice(0, components), residuals, restarts: restart, converged }
  } finally {
    await rm(folder, { recursive: true, force: true })
    await removeUnfinished(out)
  }
}

/** The Chebyshev polynomial of [cut, 2], scaled to 1 at the lowest Ritz value (Zhou et al. 2006, algorithm 3.1). */
async function filter(
  { vectors, values }: { readonly vectors: Block; readonly values: Float64Array },
  degree: number,
  recur: (x: Block, before: Block | null, scale: number, centre: number, keep: number) => Promise<Block>,
): Promise<Block> {
  const upper = 2
  const cut = values[values.length - 1]
  const centre = (upper + cut) / 2
  const half = Math.max((upper - cut) / 2, Number.EPSILON * upper)
  const first = half / Math.min(values[0] - centre, -half)
  let sigma = first
  let before = vectors
  let current = await recur(vectors, null, first / half, centre, 0)
  for (let k = 2; k <= degree; k++) {
    const ratio = 1 / (2 / first - sigma)
    const next = await recur(current, before, (2 * ratio) / half, centre, sigma * ratio)
    ;[before, current, sigma] = [current, next, ratio]
  }
  return current
}

/** The change of `[block, basis]` that takes the span of the basis out of the block. */
function minusSpan(inside: Float64Array, width: number): Float64Array {
  const change = new Float64Array(width * width + inside.length)
  for (let c = 0; c < width; c++) change[c * width + c] = 1
  for (let at = 0; at < inside.length; at++) change[width * width + at] = -inside[at]
  return change
}
