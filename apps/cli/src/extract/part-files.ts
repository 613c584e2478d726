import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, quoted } from '@dc/core'
import { fileChecksum, removeUnfinished, writeWhole } from '@dc/core/cache'
import { manifestName, type ShardManifest } from '@dc/data'
import { z } from 'zod'
import type { NumberedPartition, Partition } from './partition'
import { namesFile } from './write-features'

/** How the files of partitions are written. */
export type PartFormat = 'npy' | 'parquet'

/** Below the folder of the features: what is to be done, and what is. */
export const planFolder = 'plan'

const listSchema = z.object({
  id: z.string(),
  partition: z.union([
    z.strictObject({
      pictures: z.array(z.union([z.tuple([z.string(), z.int()]), z.tuple([z.string(), z.int(), z.string()])])).min(1),
    }),
    z.strictObject({ rows: z.tuple([z.int().nonnegative(), z.int().positive()]) }),
  ]),
})
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const recordSchema = z.object({
  id: z.string(),
  /** 0 if none of its pictures can be decoded: then there are no files. */
  rows: z.int().nonnegative(),
  width: z.int().positive(),
  files: z.array(z.object({ file: z.string(), sha256: hash })),
  leftOut: z.array(z.object({ path: z.string(), reason: z.string() })),
})
/** What is known of a partition that is done. */
export type PartRecord = z.output<typeof recordSchema>

const digits = (number: number) => String(number).padStart(6, '0')
/** The file of a partition's features. */
export const partFile = (number: number, format: PartFormat) => `part-${digits(number)}.${format}`
const listFile = (out: string, number: number) => join(out, planFolder, `part-${digits(number)}.json`)
const recordFile = (out: string, number: number) => join(out, planFolder, `part-${digits(number)}.done.json`)

/** Writes what a partition consists of, for whoever describes it. */
export async function writeList(out: string, { number, partition, id }: NumberedPartition): Promise<void> {
  await writeWhole(listFile(out, number), (file) => file.writeFile(JSON.stringify({ id, partition })))
}

/** @throws DataError if the list is not there, or of other rows than were asked for */
export async function readList(out: string, number: number, id: string): Promise<Partition> {
  const path = listFile(out, number)
  const found = listSchema.safeParse(await jsonIn(path))
  if (!found.success || found.data.id !== id)
    throw new DataError(
      `${quoted(path)} is ${found.success ? 'of other rows than were asked for' : 'no list of a partition, or is not on this machine'}; all machines must see the same --out.`,
      { path },
    )
  return found.data.partition
}

/** The record of a partition that is done: all its files are there, with their checksums. Null otherwise. */
export async function doneRecord(out: string, number: number, id: string): Promise<PartRecord | null> {
  const record = await readRecord(out, number, id)
  if (!record) return null
  for (const { file, sha256 } of record.files) if ((await fileChecksum(join(out, file))) !== sha256) return null
  return record
}

/** What was written of a partition, without a look at its files. */
export async function readRecord(out: string, number: number, id: string): Promise<PartRecord | null> {
  const found = recordSchema.safeParse(await jsonIn(recordFile(out, number)))
  return found.success && found.data.id === id ? found.data : null
}

export async function writeRecord(out: string, number: number, record: PartRecord): Promise<void> {
  await writeWhole(recordFile(out, number), (file) => file.writeFile(JSON.stringify(record)))
}

/**
 * Writes the manifest once all partitions are done, and takes away what an earlier plan of more of them, or another format, has
 * left. Whoever is last does so; two that are write the same.
 *
 * @returns rows of all partitions; null if not all are done
 */
export async function finishFolder(
  out: string,
  parts: readonly NumberedPartition[],
  about: Pick<ShardManifest, 'classNames' | 'made'>,
): Promise<number | null> {
  const records: PartRecord[] = []
  for (const { number, id } of parts) {
    const record = await readRecord(out, number, id)
    if (!record) return null
    records.push(record)
  }
  const filled = records.filter(({ rows }) => rows > 0)
  const manifest: ShardManifest = {
    format: 'dclust-shards',
    version: 1,
    ...about,
    parts: filled.map(({ rows, files: [features, names] }) => ({
      file: features.file,
      rows,
      sha256: features.sha256,
      ...(names && { names }),
    })),
  }
  const kept = new Set(filled.flatMap(({ files }) => files.map(({ file }) => file)))
  for (const name of await readdir(out))
    if (/^part-\d{6,}\.(npy|parquet|rows\.csv)$/.test(name) && !kept.has(name))
      await rm(join(out, name), { force: true })
  for (const folder of [out, join(out, planFolder)]) await removeUnfinished(folder)
  if (filled.length > 0)
    await writeWhole(join(out, manifestName), (file) => file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`))
  return filled.reduce((sum, { rows }) => sum + rows, 0)
}

/** Files of a partition, the features first. */
export const filesOf = (path: string, format: PartFormat): string[] =>
  format === 'npy' ? [path, namesFile(path)] : [path]

async function jsonIn(path: string): Promise<unknown> {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}
