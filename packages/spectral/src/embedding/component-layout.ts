import type { Random, SparseRows } from '@dc/core/plugin'
import { connectedComponents } from '../sparse/components'
import { spectralEmbedding } from './spectral-embedding'

/** Half the side of the cube that a layout starts in. */
const reach = 10
/** Points of equal coordinates would never part. */
const noise = 1e-3

/**
 * Where a layout starts: every component of the graph by its own spectral embedding, scaled to a cube; several components around
 * centres drawn at random. One with hardly more points than dimensions is drawn at random.
 *
 * @returns `[n, dimensions]`
 */
export function componentLayout(graph: SparseRows, dimensions: number, random: Random): Float32Array {
  const { count, labels, sizes } = connectedComponents(graph)
  const values = random.split('noise').normals(graph.rows * dimensions, 0, noise)
  const members = membersOf(labels, sizes)
  for (let part = 0; part < count; part++) {
    const own = random.split('component').split(part)
    const rows = members[part]
    const share = count === 1 ? 1 : Math.sqrt(rows.length / graph.rows)
    const centre = count === 1 ? null : own.split('centre').normals(dimensions, 0, reach / 2)
    const start =
      rows.length > 2 * (dimensions + 1)
        ? spectralStart(graph, rows, dimensions, own)
        : own.normals(rows.length * dimensions, 0, 1)
    for (const [at, row] of rows.entries())
      for (let c = 0; c < dimensions; c++)
        values[row * dimensions + c] += share * start[at * dimensions + c] + (centre?.[c] ?? 0)
  }
  return values
}

function membersOf(labels: Int32Array, sizes: Int32Array): Int32Array[] {
  const members = Array.from(sizes, (size) => new Int32Array(size))
  const filled = new Int32Array(sizes.length)
  for (const [row, part] of labels.entries()) members[part][filled[part]++] = row
  return members
}

/** A rough embedding is enough for a start, scaled so that its largest entry is `reach`. */
function spectralStart(graph: SparseRows, rows: Int32Array, dimensions: number, random: Random): Float64Array {
  const part = rows.length === graph.rows ? graph : subgraph(graph, rows)
  const values = Float64Array.from(
    spectralEmbedding(part, {
      components: dimensions,
      random,
      laplacian: 'symmetric',
      dropFirst: true,
      tolerance: 1e-4,
    }).embedding.values,
  )
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return values.map((value) => (value * reach) / (largest || 1))
}

/** The graph of some nodes that have no edges to others. */
function subgraph({ rows: n, offsets, indices, values }: SparseRows, rows: Int32Array): SparseRows {
  const place = new Int32Array(n)
  for (const [at, row] of rows.entries()) place[row] = at
  const counts = rows.map((row) => offsets[row + 1] - offsets[row])
  const starts = new Int32Array(rows.length + 1)
  for (const [at, count] of counts.entries()) starts[at + 1] = starts[at] + count
  const to = new Int32Array(starts[rows.length])
  const weights = new Float64Array(to.length)
  for (const [at, row] of rows.entries())
    for (let e = 0; e < counts[at]; e++) {
      to[starts[at] + e] = place[indices[offsets[row] + e]]
      weights[starts[at] + e] = values[offsets[row] + e]
    }
  return { rows: rows.length, columns: rows.length, offsets: starts, indices: to, values: weights }
}
