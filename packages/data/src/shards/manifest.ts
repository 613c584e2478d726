import { DataError, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { readJson } from '../files'

/** The name of a manifest in a folder of shards. */
export const manifestName = 'manifest.json'

// A manifest may come from anywhere: it names files of its own folder only.
const fileName = z
  .string()
  .regex(/^[^/\\\0]+$/)
  .refine((name) => name !== '.' && name !== '..')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const schema = z.object({
  format: z.literal('dclust-shards'),
  version: z.literal(1),
  /** Names of the classes, in the order of their numbers. */
  classNames: z.array(z.string()).optional(),
  parts: z
    .array(
      z.object({
        file: fileName,
        rows: z.int().positive(),
        sha256: sha256.optional(),
        /** A CSV file of the rows' names, and classes. */
        names: z.object({ file: fileName, sha256: sha256.optional() }).optional(),
      }),
    )
    .min(1),
  /** What the rows are and what made them. For people. */
  made: z.record(z.string(), z.unknown()).optional(),
})

/** What a folder of shards says of itself: its parts in their order, with their checksums. */
export type ShardManifest = z.output<typeof schema>

/** @throws DataError for a file that is no manifest */
export async function readManifest(path: string): Promise<ShardManifest> {
  const found = schema.safeParse(await readJson(path))
  if (found.success) return found.data
  const [{ path: place, message }] = found.error.issues
  throw new DataError(`${quoted(path)} is no manifest of shards: ${place.map(String).join('.') || 'it'}: ${message}`, {
    path,
  })
}
