import type { JobRequest } from '@dc/distributed'
import { z } from 'zod'
import { placeSchema } from './within'

/** One run of one seed. */
const payloadSchema = z.strictObject({
  /** The folder in which who asked for it works: paths of data may start there. */
  cwd: placeSchema,
  /** The folder of the run, which all machines share. */
  path: placeSchema,
  /** A whole configuration. */
  config: z.record(z.string(), z.unknown()),
  /** Checksum of the data that it is asked for. */
  data: z.string(),
})
export type RunPayload = z.output<typeof payloadSchema>

/** What is needed to ask for a run. */
export const runRequest: JobRequest<RunPayload> = { name: 'run', payload: payloadSchema }
