import { checkChoice, DataError, OptionError, ShapeError, type SparseRows } from '@dc/core/plugin'
import { type Lender, withKernels } from '../kernels/memory'

/** Checks that compressed rows are well formed, square, and hold finite weights ≥ 0. */
export function checkAffinity(graph: SparseRows, name = 'graph'): void {
  requireGraph(graph, name)
  const { rows, columns, offsets, indices, values } = graph
  if (rows !== columns || rows === 0)
    throw new ShapeError(name, [rows, columns], 'as many rows as columns, at least one')
  if (offsets.length !== rows + 1) throw new ShapeError(`${name}.offsets`, [offsets.length], `[${rows + 1}]`)
  if (indices.length !== offsets[rows] || values.length !== offsets[rows])
    throw new ShapeError(`${name}.values`, [values.length], `[${offsets[rows]}], the last offset; indices as many`)
  for (let i = 0; i < rows; i++)
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      if (!(indices[at] >= 0 && indices[at] < columns))
        throw new OptionError(`${name}.indices[${at}]`, indices[at], `a column from 0 to ${columns - 1}`)
      if (!(values[at] >= 0 && values[at] < Number.POSITIVE_INFINITY))
        throw new DataError(
          `${name} holds ${values[at]} at row ${i}, column ${indices[at]}; similarities must be finite and ≥ 0.`,
          { row: i, column: indices[at] },
        )
    }
}

/** Points in place of a graph are a likely mistake. @throws OptionError for what is no compressed rows */
export function requireGraph(graph: SparseRows, name = 'graph'): void {
  if (typeof graph !== 'object' || graph === null || !('offsets' in graph))
    throw new OptionError(name, graph, 'a graph of the points, such as knnGraph(points) makes it')
}

/** Swaps rows and columns. Columns of every row come out ascending. */
export function transpose({ rows, columns, offsets, indices, values }: SparseRows): SparseRows {
  const turned = new Int32Array(columns + 1)
  for (const column of indices) turned[column + 1]++
  for (let j = 0; j < columns; j++) turned[j + 1] += turned[j]
  const next = turned.slice()
  const turnedIndices = new Int32Array(indices.length)
  const turnedValues = new Float64Array(values.length)
  for (let i = 0; i < rows; i++)
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const place = next[indices[at]]++
      turnedIndices[place] = i
      turnedValues[place] = values[at]
    }
  return { rows: columns, columns: rows, offsets: turned, indices: turnedIndices, values: turnedValues }
}

export const symmetrisations = ['mean', 'max', 'min', 'union'] as const
export type Symmetrisation = (typeof symmetrisations)[number]

/**
 * A symmetric graph from directed edges. `mean` is `½(A + Aᵀ)`. `max` takes the larger weight of a pair (one direction
 * suffices), `min` the smaller (both are needed). `union`, of weights up to 1, is `A + Aᵀ − A ∘ Aᵀ`: the chance that either holds, as in UMAP. Edges of weight 0 are dropped; columns come out ascending.
 *
 * @throws OptionError for another way, or what is no graph
 * @throws DataError if `union` finds a weight that is not from 0 to 1
 * @example
 * symmetrise(graph, 'max')
 */
export function symmetrise(graph: SparseRows, how: Symmetrisation): SparseRows {
  requireGraph(graph)
  checkChoice('how', how, symmetrisations)
  const combine = { mean: (a: number, b: number) => (a + b) / 2, max: Math.max, min: Math.min, union }[how]
  if (how === 'union') requireChances(graph)
  const turned = transpose(graph)
  const sorted = transpose(turned)
  const offsets = new Int32Array(graph.rows + 1)
  const indices = new Int32Array(2 * graph.indices.length)
  const values = new Float64Array(2 * graph.indices.length)
  let count = 0
  for (let i = 0; i < graph.rows; i++) {
    let [p, q] = [sorted.offsets[i], turned.offsets[i]]
    const [pEnd, qEnd] = [sorted.offsets[i + 1], turned.offsets[i + 1]]
    while (p < pEnd || q < qEnd) {
      const left = p < pEnd ? sorted.indices[p] : graph.rows
      const right = q < qEnd ? turned.indices[q] : graph.rows
      const value = combine(left <= right ? sorted.values[p++] : 0, right <= left ? turned.values[q++] : 0)
      if (value === 0) continue
      indices[count] = Math.min(left, right)
      values[count++] = value
    }
    offsets[i + 1] = count
  }
  return { ...graph, offsets, indices: indices.slice(0, count), values: values.slice(0, count) }
}

const union = (a: number, b: number) => a + b - a * b

function requireChances({ values }: SparseRows): void {
  const at = values.findIndex((value: number) => !(value >= 0 && value <= 1))
  if (at >= 0) throw new DataError(`graph holds ${values[at]}; 'union' joins weights from 0 to 1.`)
}

/** Whether every edge has an edge of the same weight in the other direction, within a relative tolerance. */
export function isSymmetric(graph: SparseRows, tolerance = 1e-9): boolean {
  const a = transpose(transpose(graph))
  const b = transpose(graph)
  if (a.offsets.some((offset, i) => offset !== b.offsets[i])) return false
  return a.indices.every(
    (column, at) =>
      column === b.indices[at] &&
      Math.abs(a.values[at] - b.values[at]) <= tolerance * Math.max(Math.abs(a.values[at]), Math.abs(b.values[at])),
  )
}

/** `out = A x` for `[columns, width]` blocks, row after row. */
export function timesBlock(a: SparseRows, x: Float64Array, width: number, out: Float64Array): void {
  withKernels((lender) => {
    const [from, to] = [lender.floats(x.length), lender.floats(out.length)]
    const matrix = lendSparse(a, lender)
    from.values.set(x)
    lender.kernels.recur(...matrix, width, from.pointer, from.pointer, 1, 0, 0, to.pointer)
    out.set(to.values)
  })
}

/**
 * Copies compressed rows into the kernels' memory. Returns pointers to offsets, indices and values, and the number of rows.
 */
export function lendSparse(
  { rows, offsets, indices, values }: SparseRows,
  { integers, floats }: Lender,
): [offsets: number, indices: number, values: number, rows: number] {
  const lent = [integers(offsets.length), integers(indices.length), floats(values.length)] as const
  lent[0].values.set(offsets)
  lent[1].values.set(indices)
  lent[2].values.set(values)
  return [lent[0].pointer, lent[1].pointer, lent[2].pointer, rows]
}
