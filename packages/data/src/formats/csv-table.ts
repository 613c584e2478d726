import { DataError, quoted } from '@dc/core/plugin'
import { cellKind, notFinite, whyNoNumber } from './cell'
import { type FeatureColumn, type Layout, type LayoutOptions, layOut, type Sampled } from './csv-layout'
import type { Place } from './csv-records'
import { decimalValue } from './decimal'
import { countsRows, numberingNotice } from './index-column'
import { classNotice } from './label-column'

/** A table of numbers, its label column taken out. */
export interface CsvTable {
  readonly rows: number
  readonly columns: readonly string[]
  /** `[rows, columns]`. */
  readonly values: Float64Array
  /** Exact values of integers that float64 does not hold, by their place in `values`. */
  readonly integers?: ReadonlyMap<number, bigint>
  /** The label column's cells, if one was asked for. */
  readonly labels?: readonly string[]
  /** The cells of the column that names or numbers the rows, if there is one: it is no feature. */
  readonly ids?: readonly string[]
  /** What a user should know: columns left out, rows skipped. */
  readonly notices: readonly string[]
}

/** How much of a table tells what its columns are: this many records, or fewer with this many cells. */
const start = { records: 1000, cells: 1_000_000 }

/** Takes a table's records one by one, in order. Its errors are those of `readCsv`. */
export function tableOf(path: string, options: LayoutOptions) {
  const sample: Sampled[] = []
  let [sampledCells, blankRows] = [0, 0]
  let rows: RowsOfTable | undefined

  const settle = () => {
    if (sample.length === 0) throw new DataError(`${quoted(path)} has no rows.`, { path })
    const layout = layOut(sample, path, options)
    const taking = new RowsOfTable(path, layout, options)
    for (const { cells, place } of layout.header ? sample.slice(1) : sample) taking.take(cells, place)
    return taking
  }

  return {
    take(cells: readonly string[], place: Place): void {
      if (cells.every((cell) => cell === '')) blankRows++
      else if (rows) rows.take(cells, place)
      else {
        sample.push({ cells, place })
        sampledCells += cells.length
        if (sample.length >= start.records || (sample.length > 1 && sampledCells >= start.cells)) rows = settle()
      }
    },
    finish(): CsvTable {
      const table = (rows ?? settle()).finish()
      const skipped = blankRows > 0 ? [`skipped ${blankRows} rows of empty cells`] : []
      return { ...table, notices: [...table.notices, ...skipped] }
    },
  }
}

/** The rows of a table whose layout is known. */
class RowsOfTable {
  private values = new Float64Array(1024)
  private count = 0
  private readonly integers = new Map<number, bigint>()
  private readonly labels: string[] = []
  /** Cells of the columns that name the rows, or may do so. */
  private readonly ids = new Map<number, string[]>()
  /** Each label text once, so that equal labels share memory. */
  private readonly known = new Map<string, string>()
  /** Numbers of cells that are no numbers, in columns that may be an index. */
  private readonly texts = new Map<FeatureColumn, number>()

  constructor(
    private readonly path: string,
    private readonly layout: Layout,
    private readonly options: LayoutOptions,
  ) {
    const { id, features } = layout
    for (const at of id === undefined ? features.flatMap(({ at, index }) => (index ? at : [])) : [id])
      this.ids.set(at, [])
  }

  take(cells: readonly string[], place: Place): void {
    const { features, label, width } = this.layout
    this.checkLength(cells, place)
    const start = this.count * features.length
    if (start + features.length > this.values.length) this.grow(start + features.length)
    for (let i = 0; i < features.length; i++)
      this.values[start + i] = this.numberOf(cells, features[i], start + i, place)
    if (label !== undefined) {
      const cell = cells[label]
      if (!this.known.has(cell)) this.known.set(cell, cell)
      this.labels.push(this.known.get(cell)!)
    }
    for (const [at, ids] of this.ids) ids.push(cells[at])
    this.count++
    if (cells.length > width || this.layout.blank.length > 0) this.checkBlank(cells, place)
  }

  finish(): CsvTable {
    const { count, layout, path } = this
    if (count === 0) throw new DataError(`${quoted(path)} has a header but no rows.`, { path })
    const { features, label } = layout
    const all = this.values.subarray(0, count * features.length)
    const found = features.map((feature, i) => this.indexNotice(feature, all, i))
    const kept = features.flatMap((_, i) => (found[i]?.drop ? [] : [i]))
    if (kept.length === 0)
      throw new DataError(`${quoted(path)} has no column of features beside one that numbers or names the rows.`, {
        path,
      })
    const [first] = kept
    const id = layout.id ?? features.find((_, i) => found[i]?.drop)?.at
    const named = this.layout.header && this.options.index !== 'keep' && kept.length > 1 && !features[first].index
    const numbering = named ? numberingNotice(features[first].name, all, features.length, first) : undefined
    const classes =
      label === undefined && this.layout.header && kept.length > 1
        ? classNotice(
            features.map(({ name }) => name),
            all,
            features.length,
          )
        : undefined
    const truths = kept.filter((i) => features[i].truth).map((i) => quoted(features[i].name))
    return {
      rows: count,
      columns: kept.map((i) => features[i].name),
      ...compact(all, this.integers, features.length, kept),
      ...(label !== undefined && { labels: this.labels }),
      ...(id !== undefined && { ids: this.ids.get(id) }),
      notices: [
        ...layout.notices,
        ...found.flatMap((notice) => notice?.text ?? []),
        ...(numbering === undefined ? [] : [numbering]),
        ...(classes === undefined ? [] : [classes]),
        ...(truths.length > 0 ? [`took true as 1 and false as 0 in ${listed(truths)}`] : []),
      ],
    }
  }

  private numberOf(cells: readonly string[], column: FeatureColumn, position: number, place: Place): number {
    const cell = cells[column.at]
    const value = decimalValue(cell, this.options.decimal)
    if (Number.isFinite(value)) {
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^\s*[+-]?\d+\s*$/.test(cell) && BigInt(cell) !== BigInt(value))
        this.integers.set(position, BigInt(cell))
      return value
    }
    if (column.truth && /^(?:true|false)$/i.test(cell)) return cell.length === 4 ? 1 : 0
    if (!column.index) throw this.badCell(cell, column, place)
    this.texts.set(column, (this.texts.get(column) ?? 0) + 1)
    return Number.NaN
  }

  private badCell(cell: string, { name }: FeatureColumn, place: Place): DataError {
    const { decimal = '.', header = 'auto' } = this.options
    const kind = cellKind(cell, decimal)
    const why = whyNoNumber(cell, decimal)
    const advice =
      place.record === 1 && header === 'auto'
        ? '; if record 1 holds the names of the columns, say so with option header: true'
        : kind === 'text'
          ? '; if the column holds the labels, name it with option label, if it names the rows, with option id, else leave it out with option ignore'
          : kind === 'date'
            ? '; leave the column out with option ignore'
            : kind === 'empty' || kind === 'missing'
              ? '; fill it, or leave out the row, or the column with option ignore'
              : why === notFinite
                ? '; write it as a number, or leave the column out with option ignore'
                : ''
    const what = cell === '' ? 'the cell' : quoted(cell, 60)
    return new DataError(`${this.where(place)}, column ${quoted(name)}: ${what} ${why}${advice}.`, {
      path: this.path,
      ...place,
      column: name,
      cell: cell.slice(0, 1000),
    })
  }

  private where({ record, line }: Place): string {
    return `${quoted(this.path)}, record ${record}${line === record ? '' : ` (line ${line})`}`
  }

  private checkLength(cells: readonly string[], place: Place): void {
    const { width, widest } = this.layout
    const more = cells.length > widest && cells.slice(widest).some((cell) => cell !== '')
    if (cells.length >= width && !more) return
    const [has, expected] = [cells.length, more ? widest : width]
    const others = place.record === 1 ? 'others' : 'records above'
    throw new DataError(`${this.where(place)}: ${counted(has)}, where the ${others} have ${expected}.`, {
      path: this.path,
      ...place,
      cells: has,
    })
  }

  /** A column that was taken as blank must stay blank. */
  private checkBlank(cells: readonly string[], place: Place): void {
    const { blank, width } = this.layout
    const late = blank.find((at) => cells[at] !== '') ?? cells.findIndex((cell, at) => at >= width && cell !== '')
    if (late < 0) return
    throw new DataError(
      `${this.where(place)}: ${quoted(cells[late], 60)} stands in column ${late} (from 0), which has no name and is empty above.`,
      { path: this.path, ...place, column: late },
    )
  }

  private indexNotice(column: FeatureColumn, values: Float64Array, i: number): { drop: boolean; text: string } | null {
    if (!column.index) return null
    const what =
      column.name === String(column.at) ? 'the first column, which has no name' : `column ${quoted(column.name)}`
    const keep = "option index: 'keep' keeps it"
    if (this.texts.has(column)) return { drop: true, text: `left out ${what}: it names the rows` }
    if (countsRows(values, this.layout.features.length, i))
      return { drop: true, text: `left out ${what}: it numbers the rows; ${keep}` }
    return { drop: false, text: `took ${what} as a feature; option ignore: ${column.at} leaves it out` }
  }

  private grow(needed: number): void {
    const grown = new Float64Array(Math.max(needed, this.values.length * 2))
    grown.set(this.values)
    this.values = grown
  }
}

/** Keeps only the chosen columns. */
function compact(
  values: Float64Array,
  integers: ReadonlyMap<number, bigint>,
  width: number,
  kept: readonly number[],
): Pick<CsvTable, 'values' | 'integers'> {
  const rows = values.length / width
  const out = kept.length === width ? values.slice() : new Float64Array(rows * kept.length)
  if (kept.length < width)
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < kept.length; i++) out[row * kept.length + i] = values[row * width + kept[i]]
  if (integers.size === 0) return { values: out }
  const place = new Map(kept.map((column, i) => [column, i]))
  const moved = [...integers].flatMap(([at, integer]) => {
    const i = place.get(at % width)
    return i === undefined ? [] : [[Math.floor(at / width) * kept.length + i, integer] as const]
  })
  return { values: out, integers: new Map(moved) }
}

const counted = (cells: number) => `${cells} ${cells === 1 ? 'cell' : 'cells'}`
const listed = (names: readonly string[]) =>
  `${names.length === 1 ? 'column' : 'columns'} ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`
