import { encodeLabels, type Labels, type NoiseOptions, pairLabels } from './labels'

/**
 * How often each class meets each cluster; only the cells that are not zero are kept, row after row.
 *
 * Every external score is a function of this table. Memory is O(min(n, classes × clusters)).
 */
export interface ContingencyTable {
  /** Number of samples. */
  readonly total: number
  /** The class of each row, ascending. */
  readonly classes: Int32Array
  /** The cluster of each column, ascending. */
  readonly clusters: Int32Array
  /** Samples per class. */
  readonly classSizes: Float64Array
  /** Samples per cluster. */
  readonly clusterSizes: Float64Array
  /** Row, column and count of every cell that is not zero, sorted by row, then column. */
  readonly cells: { readonly row: Int32Array; readonly column: Int32Array; readonly count: Float64Array }
}

/** Above this many cells (and 4 n) counting goes through sorted keys instead of a dense array. */
const denseCells = 1 << 21

/**
 * Counts the pairs (class, cluster) of two labelings of the same samples.
 *
 * @param truth n class labels
 * @param labels n cluster labels
 * @param options.noise how labels of −1 are read, see {@link NoisePolicy}
 * @throws ShapeError if the lengths differ; DataError if empty or not 32-bit integers
 * @example
 * const table = contingencyTable([0, 0, 1], [5, 5, 7])
 * adjustedRandIndex(table)   // 1
 */
export function contingencyTable(truth: Labels, labels: Labels, options: NoiseOptions = {}): ContingencyTable {
  const [rows, columns] = pairLabels(truth, labels, options.noise)
  const row = encodeLabels(rows, 'truth')
  const column = encodeLabels(columns, 'labels')
  const n = row.codes.length
  const width = column.values.length
  const cells =
    row.values.length * width <= Math.max(denseCells, 4 * n)
      ? countDense(row.codes, column.codes, row.values.length, width)
      : countSorted(row.codes, column.codes, width)
  return tableOf(row.values, column.values, cells)
}

/** A table from its cells; sizes are summed up. */
export function tableOf(classes: Int32Array, clusters: Int32Array, cells: ContingencyTable['cells']): ContingencyTable {
  const classSizes = new Float64Array(classes.length)
  const clusterSizes = new Float64Array(clusters.length)
  let total = 0
  for (let c = 0; c < cells.count.length; c++) {
    const count = cells.count[c]
    classSizes[cells.row[c]] += count
    clusterSizes[cells.column[c]] += count
    total += count
  }
  return { total, classes, clusters, classSizes, clusterSizes, cells }
}

function countDense(row: Int32Array, column: Int32Array, height: number, width: number): ContingencyTable['cells'] {
  const counts = new Int32Array(height * width)
  for (let i = 0; i < row.length; i++) counts[row[i] * width + column[i]]++
  let filled = 0
  for (let c = 0; c < counts.length; c++) if (counts[c] !== 0) filled++
  const cells = emptyCells(filled)
  for (let c = 0, at = 0; c < counts.length; c++) {
    if (counts[c] === 0) continue
    cells.row[at] = Math.floor(c / width)
    cells.column[at] = c % width
    cells.count[at++] = counts[c]
  }
  return cells
}

function countSorted(row: Int32Array, column: Int32Array, width: number): ContingencyTable['cells'] {
  const keys = new Float64Array(row.length)
  for (let i = 0; i < keys.length; i++) keys[i] = row[i] * width + column[i]
  keys.sort()
  let filled = 0
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) filled++
  const cells = emptyCells(filled)
  for (let i = 0, at = -1; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) {
      at++
      cells.row[at] = Math.floor(keys[i] / width)
      cells.column[at] = keys[i] % width
    }
    cells.count[at]++
  }
  return cells
}

function emptyCells(size: number): ContingencyTable['cells'] {
  return { row: new Int32Array(size), column: new Int32Array(size), count: new Float64Array(size) }
}

/** The counts as a full matrix `[classes, clusters]`, row-major. */
export function denseCounts(table: ContingencyTable): Float64Array {
  const width = table.clusters.length
  const dense = new Float64Array(table.classes.length * width)
  const { row, column, count } = table.cells
  for (let c = 0; c < count.length; c++) dense[row[c] * width + column[c]] = count[c]
  return dense
}

/** Whether the two labelings are the same partition under other names. */
export function samePartition(table: ContingencyTable): boolean {
  const cells = table.cells.count.length
  return cells === table.classes.length && cells === table.clusters.length
}
