import { parseOptions } from '@dc/core'
import { z } from 'zod'

/** Most rows that corrections speak of, all together. */
const mostRows = 100_000

const cluster = z.int('the number of a cluster').min(0, 'the number of a cluster, from 0')
const row = z.int('the number of a row').min(0, 'the number of a row, from 0')
const name = z
  .string()
  .max(200, 'a name of at most 200 characters')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name may not hold.
  .refine((text) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text), 'a name without control characters')
  .refine((text) => text.trim() !== '', 'a name that is not blank')
const checksum = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits, as the run has them')
const group = z.array(row).min(2, 'two rows or more')
const lists = <Item extends z.ZodType>(item: Item) => z.array(item).default([])

/** Which clustering is corrected. */
export const correctedSchema = z.strictObject({
  /** For people. */
  run: z.string().optional(),
  /** Checksum of the rows. */
  data: checksum,
  /** Checksum of their labels. */
  labels: checksum,
  rows: z.int('the number of rows').min(2, 'the number of rows'),
  k: z.int('the number of clusters').min(1, 'the number of clusters'),
})

/**
 * What a person says of a clustering. Rows and clusters are those of the clustering that is corrected: row numbers from 0, clusters 0 …
 * k−1 as they were before any merge or split.
 */
export const correctionsSchema = z
  .strictObject({
    version: z.literal(1, { error: '1' }),
    of: correctedSchema,
    renames: lists(z.strictObject({ cluster, name })).describe('names of clusters'),
    merges: lists(
      z.strictObject({ clusters: z.array(cluster).min(2, 'two clusters or more'), name: name.optional() }),
    ).describe('clusters that become one'),
    splits: lists(
      z.union(
        [
          z.strictObject({ cluster, into: z.int().min(2).max(20) }),
          z.strictObject({ cluster, rows: z.array(row).min(1), name: name.optional() }),
        ],
        {
          error:
            '{ cluster, into } with 2 to 20 parts, or { cluster, rows, name } with the rows that begin a new cluster',
        },
      ),
    ).describe('clusters that are divided'),
    together: lists(group).describe('rows that belong to one cluster, whichever'),
    apart: lists(group).describe('rows of which no two belong to one cluster'),
    labels: lists(z.strictObject({ row, cluster })).describe('rows and the clusters that they belong to'),
    noise: lists(row).describe('rows that nothing is learned from'),
  })
  .refine(
    ({ together, apart, labels, noise, splits }) =>
      [...together, ...apart, ...splits.map((split) => ('rows' in split ? split.rows : []))].reduce(
        (sum, { length }) => sum + length,
        labels.length + noise.length,
      ) <= mostRows,
    `at most ${mostRows.toLocaleString('en-US')} rows in all`,
  )

/** Corrections as they are written: lists may be left out. */
export type Corrections = z.input<typeof correctionsSchema>
/** Corrections with all lists. */
export type AllCorrections = z.output<typeof correctionsSchema>
/** The clustering that corrections are of. */
export type Corrected = z.output<typeof correctedSchema>

/** @throws OptionError that names the place, such as `corrections.labels.3.row` */
export const parseCorrections = (value: unknown): AllCorrections =>
  parseOptions(correctionsSchema, value, 'corrections')
