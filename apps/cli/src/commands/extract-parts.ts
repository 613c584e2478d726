import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { availableParallelism, constants } from 'node:os'
import { join, resolve } from 'node:path'
import { type Dataset, DcError, describesPictures, type Encoder, OptionError, printable, type Registry } from '@dc/core'
import { datasetChecksum } from '@dc/core/cache'
import { listImageFolder, parseData } from '@dc/data'
import type { EncoderReference } from '@dc/pipelines'
import {
  doneRecord,
  finishFolder,
  type PartFormat,
  type PartRecord,
  planFolder,
  readRecord,
  writeList,
} from '../extract/part-files'
import { type PartPayload, partRequest } from '../extract/part-request'
import { type NumberedPartition, partitionPictures, partitionRows } from '../extract/partition'
import type { Share } from '../extract/share'
import { awaitJobs } from '../queue/await-jobs'
import { codeVersion } from '../queue/code-version'
import { sorted } from '../queue/sorted'
import { withQueue } from '../queue/with-queue'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { jsonText, shellWord } from '../terminal/text'

/** What is described, by what, and where it goes. */
export interface PartsToExtract {
  readonly photos: string
  readonly encoder: EncoderReference
  /** The folder of the features. */
  readonly out: string
  readonly format: PartFormat
  /** Pictures of a partition. */
  readonly partRows: number
  readonly queue?: string
  readonly jobs: number
  readonly threads?: number
  readonly share?: Share
  readonly json?: boolean
  readonly plugin: readonly string[]
}

/**
 * `dclust extract PHOTOS --out FOLDER`: features in files of fixed partitions. What is there already, and is right, is done. Workers
 * of a queue describe them, or processes of this machine.
 *
 * @returns the exit code: 0, 1 if a partition failed, 130 when interrupted
 * @throws DcError, OptionError before anything is described, for what cannot be
 */
export async function extractParts(wanted: PartsToExtract, registry: Registry, terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal
  const { note } = createNarrator(stderr)
  const { jobs, queue: address, share, json } = wanted
  const out = resolve(wanted.out)
  checkFolder(wanted.out)
  const planned = await plan({ ...wanted, out }, registry, note)
  const own = share ? planned.parts.filter(({ number }) => number % share.of === share.index) : planned.parts
  const open: NumberedPartition[] = []
  for (const part of own) if (!(await doneRecord(out, part.number, part.id))) open.push(part)
  const which = share ? `, share ${share.index + 1} of ${share.of}` : ''
  note(`${planned.parts.length} partitions${which}: ${own.length - open.length} are done, ${open.length} are not`)
  await mkdir(join(out, planFolder), { recursive: true })
  for (const part of open) await writeList(out, part)
  const signal = terminal.interruption?.()
  const failed: string[] = []
  if (open.length > 0) {
    const threads = wanted.threads ?? (jobs > 1 ? Math.max(1, Math.floor(availableParallelism() / jobs)) : undefined)
    const settings = { plugin: wanted.plugin, ...(threads !== undefined && { threads }) }
    await withQueue({ address, jobs, settings, self: terminal.self, signal }, async (queue) => {
      const payloads = open.map((part) => planned.payload(part))
      const code = codeVersion()
      const ids = payloads.map((payload) => idOf(payload, code))
      // What a queue remembers as done is not: its file is gone, or another one.
      await queue.remove(ids)
      await queue.add(
        partRequest,
        ids.map((id, at) => ({ id, payload: payloads[at] })),
      )
      let ended = 0
      await awaitJobs(queue, ids, {
        signal,
        note,
        onEnd(at, { state, reason }) {
          ended++
          if (state !== 'done') failed.push(reason)
          const told = state === 'done' ? 'done' : `${state}: ${printable(reason, 300)}`
          note(`[${ended}/${open.length}] partition ${open[at].number}: ${told}`)
        },
      })
    })
  }
  const records = (await Promise.all(own.map(({ number, id }) => readRecord(out, number, id)))).filter(
    (record) => record !== null,
  )
  tellLeftOut(records, note)
  const { classNames, made } = planned
  const total = await finishFolder(out, planned.parts, { ...(classNames && { classNames }), made })
  const rows = records.reduce((sum, record) => sum + record.rows, 0)
  const facts = {
    out: wanted.out,
    partitions: own.length,
    done: records.length,
    rows,
    width: planned.width,
    whole: total !== null,
    leftOut: records.flatMap(({ leftOut }) => leftOut),
  }
  if (json) stdout.write(`${jsonText(facts)}\n`)
  else
    stdout.write(
      `${rows} rows of ${planned.width} features in ${records.length} of ${own.length} partitions: ${shellWord(wanted.out)}\n`,
    )
  if (total === 0)
    throw new DcError(`None of the pictures can be decoded: ${printable(facts.leftOut[0]?.reason ?? '', 300)}`)
  if (signal?.aborted) {
    note(
      `Stopped${address === undefined ? '' : ' waiting; the jobs go on'}. The same command goes on with what is left`,
    )
    const reason = signal.reason as NodeJS.Signals
    return 128 + (Object.hasOwn(constants.signals, reason) ? constants.signals[reason] : constants.signals.SIGINT)
  }
  if (failed.length > 0) note(`${failed.length} partitions failed; the same command tries them again`)
  return failed.length > 0 ? 1 : 0
}

interface Plan {
  readonly parts: readonly NumberedPartition[]
  readonly width: number
  readonly classNames?: readonly string[] & string[]
  /** For the manifest. */
  readonly made: Record<string, unknown>
  payload(part: NumberedPartition): PartPayload
}

/** What is to be done, the same on whatever machine it is asked. Nothing is decoded yet. */
async function plan(
  { photos, encoder: reference, out, format, partRows }: PartsToExtract,
  registry: Registry,
  note: (line: string) => void,
): Promise<Plan> {
  const { name, options } = parseData(photos, registry, 'photos')
  const encoder: Encoder = await registry.make('encoder', reference.name, reference.options)
  const { checksum, features: width } = encoder
  const pictures = describesPictures(encoder)
  encoder.dispose?.()
  const common = {
    cwd: process.cwd(),
    out,
    format,
    encoder: { name: reference.name, options: { ...reference.options } },
    checksum,
  }
  const made = { photos: name, encoder: { name: encoder.name, checksum }, source: photos }
  const by = (rows: unknown) => JSON.stringify([1, format, checksum, rows])
  if (name === 'image-folder') {
    if (!pictures) throw new OptionError('--encoder', reference.name, 'one that describes pictures')
    const folder = resolve(String(options.path))
    const { images, unreadable = [], classNames, notices = [] } = await listImageFolder(folder)
    for (const line of notices) note(line)
    for (const { reason } of unreadable) note(`left out: ${reason}`)
    if (images.length === 0) throw new DcError(`No picture of ${printable(photos)} can be read.`)
    const parts = await partitionPictures({ images, folder }, partRows, by(classNames ?? null))
    const about = { folder, ...(classNames && { classNames: [...classNames] }) }
    return { parts, width, ...about, made, payload: ({ number, id }) => ({ ...common, ...about, number, id }) }
  }
  const whole = (await registry.make('dataset', name, options)) as Dataset
  if (pictures ? whole.sampleShape.length !== 3 : !whole.texts)
    throw new OptionError(
      'photos',
      photos,
      pictures ? 'a folder of images, or a data set of such' : 'a data set of texts, for the encoder describes these',
    )
  const data = { name, options, checksum: await datasetChecksum(whole) }
  const parts = partitionRows(whole.size, partRows, by(data))
  const { classNames } = whole
  return {
    parts,
    width,
    ...(classNames && { classNames: [...classNames] }),
    made,
    payload: ({ number, id }) => ({ ...common, data, number, id }),
  }
}

/** A job's id: two jobs that have it would do the same. */
function idOf(payload: PartPayload, code: string): string {
  const about = JSON.stringify([payload.out, payload.id, sorted(payload.encoder), code])
  return `extract-${createHash('sha256').update(about).digest('hex').slice(0, 32)}`
}

/** A new or empty folder, or one of an earlier extraction. */
function checkFolder(path: string): void {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) throw new OptionError('--out', path, 'a folder; a file of this name exists')
  if (readdirSync(path).length > 0 && !existsSync(join(path, planFolder)))
    throw new OptionError('--out', path, 'a new or empty folder, or one of an earlier extraction')
}

function tellLeftOut(records: readonly PartRecord[], note: (line: string) => void): void {
  const lost = records.flatMap(({ leftOut }) => leftOut)
  if (lost.length === 0) return
  const rows = records.reduce((sum, record) => sum + record.rows, 0)
  note(`left out ${lost.length} of ${rows + lost.length} pictures:`)
  for (const { reason } of lost.slice(0, 1000)) note(`  ${reason}`)
}
