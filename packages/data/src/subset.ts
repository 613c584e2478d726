import { DataError, type Dataset, OptionError, quoted, type Random, ShapeError } from '@dc/core/plugin'

/**
 * Some rows of a dataset, as a dataset. They keep their names; rows without one are called by their numbers in the whole.
 *
 * @param rows row numbers of `dataset`, in the order wanted; repeats are allowed
 * @throws DataError if there are none, or one is out of range
 * @example
 * const few = subset(digits, longTailRows(digits.labels, { ratio: 0.1, random }))
 */
export function subset(dataset: Dataset, rows: ArrayLike<number>, name = `${dataset.name} (subset)`): Dataset {
  if (rows.length === 0) throw new DataError(`A subset of ${quoted(dataset.name)} has no rows.`, { name })
  const kept = Int32Array.from(rows)
  for (let i = 0; i < rows.length; i++)
    if (kept[i] !== rows[i] || kept[i] < 0 || kept[i] >= dataset.size)
      throw new DataError(`Row ${rows[i]} is outside dataset ${quoted(dataset.name)} of ${dataset.size} samples.`, {
        row: rows[i],
      })
  const rowsOf = (wanted: ArrayLike<number>) => Array.from(wanted, (row) => kept[row])
  return {
    ...dataset,
    name,
    size: kept.length,
    labels: dataset.labels && kept.map((row) => dataset.labels![row]),
    rowNames: Array.from(kept, (row) => dataset.rowNames?.[row] ?? String(row)),
    ...(dataset.rowFiles && { rowFiles: Array.from(kept, (row) => dataset.rowFiles![row]) }),
    ...(dataset.texts && { texts: Array.from(kept, (row) => dataset.texts![row]) }),
    ...(dataset.numbers && {
      numbers: dataset.numbers.map(({ name, values }) => ({
        name,
        values: Float64Array.from(kept, (row) => values[row]),
      })),
    }),
    ...(dataset.guide && {
      guide: {
        before: kept.map((row) => dataset.guide!.before[row]),
        given: kept.map((row) => dataset.guide!.given[row]),
      },
    }),
    ...(dataset.seen && { seen: subset(dataset.seen, kept) }),
    read: (wanted) => dataset.read(rowsOf(wanted)),
    ...(dataset.readExact && { readExact: (wanted: ArrayLike<number>) => dataset.readExact!(rowsOf(wanted)) }),
    ...(dataset.fingerprint && { fingerprint: async () => fingerprintOf(await dataset.fingerprint!(), kept) }),
  }
}

/** Of these rows of a data set, by its own; Web Cryptography is in Node and in pages. */
async function fingerprintOf(whole: string, rows: Int32Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', rows))
  return `${whole} rows ${Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** How {@link longTailRows} thins the classes. */
export interface LongTailOptions {
  /** Smallest class size over largest, in (0, 1]. */
  readonly ratio: number
  /** Picks which rows stay. */
  readonly random: Random
  /** Size of the largest class. By default that of the smallest class, so that every class has enough rows. */
  readonly largest?: number
  /** How `n_c` is rounded: `nearest` (default), or `down` as in the published CIFAR100-LT. */
  readonly rounding?: 'nearest' | 'down'
}

/**
 * Rows of a long-tailed subset: class c of C keeps `n_c = n · ratio^{c/(C−1)}` rows, rounded, at least one.
 *
 * @param labels classes 0…C−1
 * @returns row numbers in increasing order
 * @throws OptionError if the ratio is outside (0, 1] or `largest` exceeds what class 0 has
 * @throws DataError if all labels are unknown
 * @see Cui et al. 2019, "Class-balanced loss", exponential long-tail; Zhang, Ren, He 2024, SP²OT, for CIFAR100-LT
 * @example
 * longTailRows(labels, { ratio: 1 / 100, random: createRandom(0) })
 */
export function longTailRows(labels: Int32Array, options: LongTailOptions): Int32Array {
  const { ratio, random, largest, rounding = 'nearest' } = options
  const whole = rounding === 'down' ? Math.floor : Math.round
  if (!(ratio > 0 && ratio <= 1)) throw new OptionError('ratio', ratio, 'a number in (0, 1]')
  // A part of a data set may have classes without rows. They have no place in the tail.
  const byClass = rowsByClass(labels).filter((rows) => rows.length > 0)
  if (byClass.length === 0)
    throw new DataError('All labels are −1: there is no class to thin.', { rows: labels.length })
  const top = largest ?? byClass.reduce((least, rows) => Math.min(least, rows.length), labels.length)
  if (!Number.isInteger(top) || top < 1) throw new OptionError('largest', top, 'an integer ≥ 1')
  const kept = byClass.flatMap((rows, c) => {
    const count = Math.max(1, whole(top * ratio ** (byClass.length > 1 ? c / (byClass.length - 1) : 0)))
    if (count > rows.length)
      throw new OptionError(
        'largest',
        top,
        `sizes that class ${c} with its ${rows.length} rows can give (${count} wanted)`,
      )
    const order = random.split(c).permutation(rows.length)
    return Array.from(order.subarray(0, count), (at) => rows[at])
  })
  return Int32Array.from(kept).sort()
}

/**
 * Splits rows by class, for zero-shot protocols: the first classes on one side, the rest on the other.
 *
 * @param labels classes 0…C−1; rows labelled −1 go to neither side
 * @param trainClasses the number of classes on the train side, or these classes
 * @throws OptionError if a side would be empty
 * @see Law et al. 2017, §5: train and test classes are disjoint
 * @example
 * const { train, test } = splitByClass(labels, 5)
 */
export function splitByClass(
  labels: Int32Array,
  trainClasses: number | readonly number[],
): { train: Int32Array; test: Int32Array } {
  const classes = rowsByClass(labels)
  const chosen = new Set(
    typeof trainClasses === 'number' ? Array.from({ length: trainClasses }, (_, c) => c) : trainClasses,
  )
  const side = (inside: boolean) =>
    Int32Array.from(classes.flatMap((rows, c) => (chosen.has(c) === inside ? rows : []))).sort()
  const [train, test] = [side(true), side(false)]
  if (train.length === 0 || test.length === 0)
    throw new OptionError('trainClasses', trainClasses, `some but not all of the ${classes.length} classes`)
  return { train, test }
}

function rowsByClass(labels: Int32Array): number[][] {
  if (labels.length === 0) throw new ShapeError('labels', [0], 'at least one label')
  const byClass: number[][] = []
  labels.forEach((label, row) => {
    if (label >= 0) (byClass[label] ??= []).push(row)
  })
  return Array.from(byClass, (rows) => rows ?? [])
}
