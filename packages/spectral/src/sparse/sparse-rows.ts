import { DataError, OptionError, ShapeError, type SparseRows } from '@dc/core'

/** Checks that compressed rows are well formed, square, and hold finite weights ≥ 0. */
export function checkAffinity(graph: SparseRows, name = 'graph'): void {
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

export const symmetrisations = ['mean', 'max', 'min'] as const
export type Symmetrisation = (typeof symmetrisations)[number]

/**
 * A symmetric graph from directed edges: `½(A + Aᵀ)`, or per pair the larger (either end suffices) or the smaller
 * weight (both ends needed). Edges of weight 0 are dropped; columns come out ascending.
 *
 * @example
 * symmetrise(knnEdges, 'max')
 */
export function symmetrise(graph: SparseRows, how: Symmetrisation): SparseRows {
  const combine = { mean: (a: number, b: number) => (a + b) / 2, max: Math.max, min: Math.min }[how]
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

/** Whether every edge has its mirror of the same weight, within a relative tolerance. */
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
  for (let i = 0; i < a.rows; i++) {
    let c = 0
    for (; c + 8 <= width; c += 8) eightColumns(a, i, x, width, out, c)
    for (; c < width; c++) oneColumn(a, i, x, width, out, c)
  }
}

/** Eight sums that stay in registers over the whole row. */
function eightColumns(
  { offsets, indices, values }: SparseRows,
  i: number,
  x: Float64Array,
  width: number,
  out: Float64Array,
  c: number,
): void {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  for (let at = offsets[i], end = offsets[i + 1]; at < end; at++) {
    const weight = values[at]
    const from = indices[at] * width + c
    s0 += weight * x[from]
    s1 += weight * x[from + 1]
    s2 += weight * x[from + 2]
    s3 += weight * x[from + 3]
    s4 += weight * x[from + 4]
    s5 += weight * x[from + 5]
    s6 += weight * x[from + 6]
    s7 += weight * x[from + 7]
  }
  const to = i * width + c
  out[to] = s0
  out[to + 1] = s1
  out[to + 2] = s2
  out[to + 3] = s3
  out[to + 4] = s4
  out[to + 5] = s5
  out[to + 6] = s6
  out[to + 7] = s7
}

function oneColumn(
  { offsets, indices, values }: SparseRows,
  i: number,
  x: Float64Array,
  width: number,
  out: Float64Array,
  c: number,
): void {
  let sum = 0
  for (let at = offsets[i], end = offsets[i + 1]; at < end; at++) sum += values[at] * x[indices[at] * width + c]
  out[i * width + c] = sum
}
