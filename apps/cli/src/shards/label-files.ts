import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OptionError } from '@dc/core'
import { loadShards } from '@dc/data'
import { shardFile, writeNpy } from '@dc/pipelines/sharded'

/** Whether `dclust shards kmeans` or `label` calls a shard's labels so. */
export const isLabelFile = (name: string): boolean => /^labels-\d+\.npy$/.test(name)

/** The files of labels that `dclust shards kmeans` or `label` has written into a folder. */
export async function labelFiles(folder: string): Promise<string[]> {
  const files = readdirSync(folder).filter(isLabelFile)
  if (files.length === 0) throw new OptionError('labels', folder, 'a folder of labels-….npy files')
  return files.sort().map((name) => join(folder, name))
}

/** The same of true classes: files of labels, or the classes of shards, written out beside the scores. */
export async function classFiles(folder: string, out: string): Promise<string[]> {
  if (readdirSync(folder).some(isLabelFile)) return labelFiles(folder)
  const { labels, parts } = await loadShards(folder, { check: 'read' })
  if (!labels)
    throw new OptionError('truth', folder, 'a folder of labels-….npy files, or shards whose rows have classes')
  return Promise.all(
    parts.map(async ({ start, rows }, shard) => {
      const path = shardFile(out, 'classes', shard)
      await writeNpy(path, labels.slice(start, start + rows), [rows])
      return path
    }),
  )
}
