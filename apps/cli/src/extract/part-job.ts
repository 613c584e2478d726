import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, type Dataset, type Encoder, quoted, type Registry } from '@dc/core'
import { datasetChecksum, fileChecksum } from '@dc/core/cache'
import type { JobContext } from '@dc/distributed'
import { assemble } from '../assembly'
import { loadPlugins } from '../plugins'
import { enter } from '../queue/enter'
import type { WorkerSettings } from '../queue/worker-settings'
import { describePictures, describeRows } from './describe-part'
import { doneRecord, filesOf, type PartRecord, partFile, readList, writeRecord } from './part-files'
import type { PartPayload } from './part-request'
import { writeFeatures } from './write-features'

/** The features of a partition, in a file that is whole or not there. Its answer is the record of what was written. */
export function partJob(settings: WorkerSettings): (payload: PartPayload, context: JobContext) => Promise<Uint8Array> {
  const open = opened(settings)
  return async (payload, { signal, progress }) => {
    const { out, number, id, format, classNames, folder } = payload
    const known = await doneRecord(out, number, id)
    if (known) return bytesOf(known)
    enter(payload.cwd)
    const registry = await open.registry()
    const partition = await readList(out, number, id)
    const encoder = await open.encoder(payload, registry)
    const watched = { signal, onProgress: (done: number, total: number) => progress(done / total) }
    const described =
      'rows' in partition
        ? await describeRows(await open.data(payload, registry), partition.rows, encoder, watched)
        : await describePictures(partition.pictures, encoder, { folder, classNames }, watched)
    const path = join(out, partFile(number, format))
    const rows = described.names.length
    if (rows > 0) await writeFeatures(path, described)
    else for (const file of filesOf(path, format)) await rm(file, { force: true })
    const names = rows > 0 ? filesOf(partFile(number, format), format) : []
    const files = await Promise.all(
      names.map(async (file) => ({ file, sha256: (await fileChecksum(join(out, file))) ?? '' })),
    )
    const record: PartRecord = { id, rows, width: described.width, files, leftOut: [...described.leftOut] }
    await writeRecord(out, number, record)
    return bytesOf(record)
  }
}

const bytesOf = (record: PartRecord) => new TextEncoder().encode(JSON.stringify(record))

/** What a process keeps for the next partition: plugins, the model, the data set. */
function opened({ plugin, threads }: WorkerSettings) {
  let plugins: Promise<Registry> | undefined
  let model: { key: string; encoder: Encoder } | undefined
  let rows: { key: string; data: Dataset } | undefined
  return {
    registry: () => (plugins ??= loadPlugins(plugin).then(assemble)),
    async encoder({ encoder: { name, options }, checksum }: PartPayload, registry: Registry): Promise<Encoder> {
      const key = JSON.stringify([name, options, checksum])
      if (model?.key === key) return model.encoder
      model?.encoder.dispose?.()
      model = undefined
      const shared = threads === undefined ? options : { ...options, threads }
      const takes = registry.get('encoder', name).options.safeParse(shared).success
      const encoder: Encoder = await registry.make('encoder', name, takes ? shared : options)
      if (encoder.checksum !== checksum)
        throw new DataError(
          `The encoder ${quoted(name)} is another one on this machine than where its features were asked for: its weights differ.`,
          { expected: checksum, found: encoder.checksum },
        )
      model = { key, encoder }
      return encoder
    },
    async data({ data }: PartPayload, registry: Registry): Promise<Dataset> {
      if (!data) throw new DataError('The job names rows of a data set, and no data set.')
      const key = JSON.stringify(data)
      if (rows?.key === key) return rows.data
      const found = (await registry.make('dataset', data.name, data.options)) as Dataset
      if ((await datasetChecksum(found)) !== data.checksum)
        throw new DataError(
          `The data ${quoted(found.name)} are others on this machine than where their features were asked for.`,
        )
      rows = { key, data: found }
      return found
    },
  }
}
