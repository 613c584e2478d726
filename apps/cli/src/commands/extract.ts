import { existsSync, statSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { onnxFeatures } from '@dc/backbones/onnx'
import { Session } from '@dc/backend-onnx/model'
import { DataError, type Dataset, DcError, fileReason, OptionError, printable, quoted, type Registry } from '@dc/core'
import { loadImageFolder, parseData } from '@dc/data'
import { encoderReference } from '@dc/pipelines'
import { assemble } from '../assembly'
import type { PartFormat } from '../extract/part-files'
import { plainValues } from '../extract/plain-values'
import { type Share, shareOfJob } from '../extract/share'
import { featureFormat, namesFile, writeFeatures } from '../extract/write-features'
import { loadPlugins } from '../plugins'
import { readData } from '../run/settle-rows'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { createProgress } from '../terminal/progress'
import { jsonText, shellWord } from '../terminal/text'
import { extractParts } from './extract-parts'

/** What `dclust extract` was given. */
export interface ExtractFlags {
  encoder: string
  out: string
  size?: number
  fit: 'crop' | 'stretch' | 'pad'
  channels: '1' | '3'
  mean?: number[]
  std?: number[]
  imagenet?: boolean
  layout?: 'nchw' | 'nhwc'
  output?: string
  tokens?: 'first' | 'mean'
  batchSize?: number
  threads?: number
  cache: boolean
  json?: boolean
  /** Of a folder of features. */
  queue?: string
  /** The queue that a variable of the environment names: for a folder that is not shared otherwise. */
  usualQueue?: string
  jobs: number
  shard?: Share
  shards?: number
  partRows: number
  format: PartFormat
  plugin: string[]
}

/** The mean and deviation of ImageNet's colours, by which most networks for photos were trained. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
/** Pixels to a side where the model takes any. */
const usualSize = 224

/**
 * `dclust extract PHOTOS`: the features that an ONNX model sees in pictures. Pictures that cannot be decoded are told and left
 * out.
 *
 * @throws DcError before anything is decoded, for a model or file that cannot be
 */
export async function extract(photos: string, flags: ExtractFlags, terminal: Terminal): Promise<number> {
  const { stderr } = terminal
  const { note } = createNarrator(stderr)
  const registry = assemble(await loadPlugins(flags.plugin))
  if (flags.imagenet && (flags.mean || flags.std))
    throw new DcError('--imagenet gives mean and deviation; leave out --mean and --std.')
  if (isFolderOfParts(flags)) return inParts(photos, flags, registry, terminal)
  await checkOut(flags.out)
  const named = namedEncoder(flags, registry)
  if (named) {
    const data = parseData(photos, registry, 'photos')
    const options = data.name === 'image-folder' ? { onBadImage: 'skip', ...data.options } : data.options
    const seen = await readData({ data: { ...data, options }, encoder: named }, registry, stderr, flags.cache)
    tellLeftOut(seen, note)
    return writeOut(seen, flags, terminal)
  }
  const size = flags.size === undefined ? sizeOf(flags) : ([flags.size, flags.size] as const)
  const images = await readImages(photos, size, flags, registry, terminal)
  tellLeftOut(images, note)
  const encoding = createProgress(stderr, 'encoding')
  const found = await onnxFeatures(images, {
    model: flags.encoder,
    ...(flags.imagenet ? imageNet : { mean: flags.mean, std: flags.std }),
    ...pick(flags, ['layout', 'output', 'tokens', 'batchSize', 'threads']),
    ...(flags.cache ? {} : { cache: false as const }),
    onProgress: encoding.update,
  }).finally(encoding.end)
  return writeOut(found, flags, terminal)
}

/** Features go into one file, or into a folder of several. @throws OptionError for a flag that only a folder has */
function isFolderOfParts({ out, queue, shard, shards }: ExtractFlags): boolean {
  if (!/\.\w+$/.test(out) || /[\\/]$/.test(out) || isFolder(out)) return true
  for (const [flag, given] of Object.entries({ '--queue': queue, '--shard': shard, '--shards': shards }))
    if (given !== undefined) throw new OptionError('--out', out, `a folder, with ${flag}: each partition has a file`)
  return false
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

async function inParts(photos: string, flags: ExtractFlags, registry: Registry, terminal: Terminal): Promise<number> {
  const { out, format, partRows, jobs, threads, json, plugin } = flags
  const named = namedEncoder({ ...flags, threads: undefined }, registry)
  if (!named && !existsSync(flags.encoder))
    throw new DataError(`Cannot read the model ${quoted(flags.encoder)}: it does not exist.`, {
      encoder: flags.encoder,
    })
  const { size, mean, std, imagenet, fit } = flags
  const statistics = imagenet ? imageNet : { ...(mean && { mean }), ...(std && { std }) }
  const sides = size === undefined ? {} : { size: [size, size] }
  const ofFile = { fit, ...sides, ...statistics, ...pick(flags, ['layout', 'output', 'tokens', 'batchSize']) }
  const encoder = named ?? { name: 'onnx', options: { model: resolve(flags.encoder), ...ofFile } }
  const share = flags.shard ?? shareOfJob(process.env, flags.shards)
  const queue = flags.queue ?? (share ? undefined : flags.usualQueue)
  if (share && queue !== undefined)
    throw new OptionError('--queue', 'an address', 'no queue with a share of the partitions: workers share them')
  const asked = { photos, encoder, out, format, partRows, jobs, plugin }
  return extractParts({ ...asked, queue, threads, share, json }, registry, terminal)
}

/** What the reader says of the pictures, and which have no row. */
function tellLeftOut({ notices = [], leftOut = [], size }: Dataset, note: (line: string) => void): void {
  for (const line of notices) note(line)
  if (leftOut.length > 0) note(`left out ${leftOut.length} of ${size + leftOut.length} pictures:`)
  for (const { reason } of leftOut) note(`  ${reason}`)
}

async function writeOut(found: Dataset, flags: ExtractFlags, { stdout }: Terminal): Promise<number> {
  const values = await plainValues(found)
  const width = found.sampleShape[0]
  const { labels, classNames } = found
  const files = await writeFeatures(flags.out, {
    values,
    width,
    names: found.rowNames ?? Array.from({ length: found.size }, (_, row) => String(row)),
    ...(labels && {
      classes: Array.from(labels, (label) => (label < 0 ? null : (classNames?.[label] ?? String(label)))),
    }),
  })
  const facts = { out: files, rows: found.size, width, leftOut: found.leftOut ?? [] }
  if (flags.json) stdout.write(`${jsonText(facts)}\n`)
  else stdout.write(`${found.size} rows of ${width} features: ${files.map(shellWord).join(', ')}\n`)
  return 0
}

/** The encoder that is called by its name; undefined for the file of a model. @throws OptionError for what only a file takes */
function namedEncoder(flags: ExtractFlags, registry: Registry) {
  const { encoder } = flags
  if (/\.(onnx|ort)$/i.test(encoder) || (existsSync(encoder) && !statSync(encoder).isDirectory())) return undefined
  const found = encoderReference(encoder, registry, '--encoder')
  if (!found) throw new OptionError('--encoder', encoder, 'an encoder; pixels are no features')
  const { size, mean, std, imagenet, layout, output, tokens, batchSize, threads } = flags
  const ofFiles = { size, mean, std, imagenet, layout, output, tokens, 'batch-size': batchSize, threads }
  for (const [flag, value] of Object.entries(ofFiles))
    if (value !== undefined) throw new OptionError(`--${flag}`, value, `nothing: ${quoted(encoder)} knows it itself`)
  return { name: found.name, options: { ...found.options } }
}

/** What was given of some options, so that defaults stay defaults. */
function pick<T extends object, K extends keyof T>(all: T, names: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]))) as Partial<
    Pick<T, K>
  >
}

async function checkOut(path: string): Promise<void> {
  const files = featureFormat(path) === 'npy' ? [path, namesFile(path)] : [path]
  for (const file of files)
    if (existsSync(file)) throw new OptionError('--out', file, 'a new file; this one exists and is not overwritten')
  const folder = dirname(resolve(path))
  await access(folder, constants.W_OK).catch((error) => {
    throw new DcError(
      `--out ${printable(path)}: cannot write into ${quoted(folder)}: ${fileReason(error)}.`,
      { path },
      error,
    )
  })
}

/** Height and width that the model takes. */
function sizeOf({ encoder, layout }: ExtractFlags): readonly [number, number] {
  if (!existsSync(encoder))
    throw new DataError(`Cannot read the model ${quoted(encoder)}: it does not exist.`, { encoder })
  let session: Session
  try {
    session = new Session(encoder, { threads: 1 })
  } catch (error) {
    throw new DataError(
      `The model ${quoted(encoder)} cannot be loaded. ${(error as Error).message}`,
      { encoder },
      error,
    )
  }
  try {
    const shape = session.values.inputs[0]?.shape ?? []
    const [height, width] =
      layout === 'nhwc' || shape[3] === 1 || shape[3] === 3 ? [shape[1], shape[2]] : [shape[2], shape[3]]
    if (typeof height !== 'number' || typeof width !== 'number') return [usualSize, usualSize]
    return [height, width]
  } finally {
    session.dispose()
  }
}

async function readImages(
  photos: string,
  size: readonly [number, number],
  flags: ExtractFlags,
  registry: Registry,
  { stderr }: Terminal,
): Promise<Dataset> {
  const { name, options } = parseData(photos, registry, 'photos')
  if (name !== 'image-folder') {
    const images: Dataset = await registry.make('dataset', name, options)
    if (images.sampleShape.length === 3) return images
    throw new OptionError(
      'photos',
      photos,
      `a folder of images, or a data set of such; ${quoted(images.name)} has none`,
    )
  }
  const decoding = createProgress(stderr, 'decoding')
  return loadImageFolder(String(options.path), {
    size,
    fit: flags.fit,
    channels: flags.channels === '1' ? 1 : 3,
    onBadImage: 'skip',
    ...(flags.cache ? {} : { cache: false as const }),
    onProgress: decoding.update,
  }).finally(decoding.end)
}
