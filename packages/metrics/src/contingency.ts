import { DataError } from '@dc/core/plugin'
import { type Labels, labelRange, type NoiseOptions, pairLabels, rankLabels } from './labels'

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

/** Up to this many cells (or n), labels are counted without being encoded first. */
const directCells = 1 << 16
/** Above this many cells (and 4 n), sorted keys are counted instead of a dense array. */
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
  if (rows.length === 0 && truth.length > 0)
    throw new DataError("Every sample is noise (−1), and noise: 'drop' leaves none to score.", {
      samples: truth.length,
    })
  const [row, column] = [labelRange(rows, 'truth'), labelRange(columns, 'labels')]
  // Labels that are small numbers, as most are, are counted as they are.
  if (row.width * column.width <= Math.max(directCells, rows.length))
    return compressed(countDense(rows, columns, row, column), row, column)
  const [codes, others] = [rankLabels(rows, 'truth'), rankLabels(columns, 'labels')]
  const [height, width] = [codes.values.length, others.values.length]
  const cells =
    height * width <= Math.max(denseCells, 4 * rows.length)
      ? filledCells(countDense(codes.codes, others.codes, { low: 0, width: height }, { low: 0, width }), width)
      : countSorted(codes.codes, others.codes, width)
  return tableOf(codes.values, others.values, cells)
}

/** Where labels lie: from `low` on, `width` integers. */
type Range = ReturnType<typeof labelRange>

function countDense(rows: Int32Array, columns: Int32Array, row: Range, column: Range): Int32Array {
  const width = column.width
  const counts = new Int32Array(row.width * width)
  // 32-bit sums may wrap on the way; the place of every pair still comes out inside the table.
  const origin = (Math.imul(row.low, width) + column.low) | 0
  const fours = rows.length & ~3
  // The places of four pairs are computed before any is counted, so that this work does not wait for the counts.
  for (let i = 0; i < fours; i += 4) {
    const first = (Math.imul(rows[i], width) + columns[i] - origin) | 0
    const second = (Math.imul(rows[i + 1], width) + columns[i + 1] - origin) | 0
    const third = (Math.imul(rows[i + 2], width) + columns[i + 2] - origin) | 0
    const fourth = (Math.imul(rows[i + 3], width) + columns[i + 3] - origin) | 0
    counts[first]++
    counts[second]++
    counts[third]++
    counts[fourth]++
  }
  for (let i = fours; i < rows.length; i++) counts[(Math.imul(rows[i], width) + columns[i] - origin) | 0]++
  return counts
}

/** A table of the labels that occur, from counts of all in their ranges. */
function compressed(counts: Int32Array, row: Range, column: Range): ContingencyTable {
  const [rowSeen, columnSeen] = [new Int32Array(row.width), new Int32Array(column.width)]
  const cells = filledCells(counts, column.width)
  const { row: rows, column: columns } = cells
  for (let c = 0; c < rows.length; c++) rowSeen[rows[c]] = columnSeen[columns[c]] = 1
  const [classes, clusters] = [ranked(rowSeen, row.low), ranked(columnSeen, column.low)]
  for (let c = 0; c < rows.length; c++) {
    rows[c] = rowSeen[rows[c]]
    columns[c] = columnSeen[columns[c]]
  }
  return tableOf(classes, clusters, cells)
}

/** The labels seen, ascending. Their marks in `seen` are overwritten by their ranks. */
function ranked(seen: Int32Array, low: number): Int32Array {
  const values: number[] = []
  for (let v = 0; v < seen.length; v++) {
    if (!seen[v]) continue
    seen[v] = values.length
    values.push(v + low)
  }
  return Int32Array.from(values)
}

/** A table from its cells; sizes are summed up. */
export function tableOf(classes: Int32Array, clusters: Int32Array, cells: ContingencyTable['cells']): ContingencyTable {
  const classSizes = new Float64Array(classes.length)
  const clusterSizes = new Float64Array(clusters.length)
  const { row, column, count } = cells
  let total = 0
  for (let c = 0; c < count.length; c++) {
    const samples = count[c]
    classSizes[row[c]] += samples
    clusterSizes[column[c]] += samples
    total += samples
  }
  return { total, classes, clusters, classSizes, clusterSizes, cells }
}

function filledCells(counts: Int32Array, width: number): ContingencyTable['cells'] {
  let filled = 0
  for (let c = 0; c < counts.length; c++) if (counts[c] !== 0) filled++
  const cells = emptyCells(filled)
  const { row, column, count } = cells
  for (let i = 0, c = 0, at = 0; c < counts.length; i++)
    for (let j = 0; j < width; j++, c++) {
      const samples = counts[c]
      if (samples === 0) continue
      row[at] = i
      column[at] = j
      count[at++] = samples
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
