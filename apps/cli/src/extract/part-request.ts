import type { JobRequest } from '@dc/distributed'
import { z } from 'zod'
import { placeSchema } from '../queue/within'

/** A dataset or an encoder by its name. */
const reference = z.strictObject({ name: z.string().min(1), options: z.record(z.string(), z.unknown()) })

/** The features of one partition. */
const payloadSchema = z.strictObject({
  /** The folder in which who asked for it works: paths may start there. */
  cwd: placeSchema,
  /** The folder of the features, which all machines share. */
  out: placeSchema,
  number: z.int().nonnegative(),
  /** What the partition is known by. */
  id: z.string().min(1).max(200),
  format: z.enum(['npy', 'parquet']),
  encoder: reference,
  /** SHA-256 that the encoder must have. */
  checksum: z.string().min(1),
  /** Where the pictures lie; their paths below it are their names. */
  folder: z.string().optional(),
  classNames: z.array(z.string()).optional(),
  /** The data set that the rows are of, where they are not files of a folder; and its checksum. */
  data: reference.extend({ checksum: z.string() }).optional(),
})
export type PartPayload = z.output<typeof payloadSchema>

/** What is needed to ask for the features of a partition. */
export const partRequest: JobRequest<PartPayload> = { name: 'extract', payload: payloadSchema }
