import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createRandom, DataError, type Dataset, quoted } from '@dc/core/plugin'
import { readParts } from '../files'
import { longTailRows, subset } from '../subset'
import { type ByteImageFile, byteImageDataset } from './byte-images'
import { findFile } from './find-file'
import { countRecords } from './record-count'

export type CifarSplit = 'train' | 'test' | 'all'

const pixels = 32 * 32 * 3
const licence = 'none stated by the authors; for research'
const citation = 'Krizhevsky 2009, "Learning multiple layers of features from tiny images"'

const cifar10Names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']
const cifar10Files = {
  train: [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`),
  test: ['test_batch.bin'],
}

/** Number of images in each complete file. */
const published = (name: string) => (name === 'train.bin' ? 50_000 : 10_000)

/**
 * CIFAR-10 in its binary version: records of one label byte and 3,072 pixel bytes, red, green, blue planes by rows.
 *
 * @param folder where `data_batch_1.bin` … `test_batch.bin` lie, or its parent
 * @param split `all` is train, then test: BootSC trains on these 60,000 images
 * @returns images `[32, 32, 3]` with values 0…1, read when asked for
 * @param options `partial` takes files with any number of images; without it a file with other than 10,000 is an error
 * @throws DataError if a file is absent, does not consist of whole records, has another number of them, or holds a label
 * above 9
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 * @example
 * const cifar = await loadCifar10('/data/cifar-10-batches-bin', 'all')
 */
export async function loadCifar10(
  folder: string,
  split: CifarSplit = 'train',
  { partial = false }: { readonly partial?: boolean } = {},
): Promise<Dataset> {
  const paths = await findAll(folder, 'cifar-10-batches-bin', cifar10Files, split)
  const files = await recordFiles(paths, 1, partial)
  return dataset('CIFAR-10', files, 0, cifar10Names, { split, licence, citation })
}

/** Options of {@link loadCifar100}. */
export interface Cifar100Options {
  readonly split?: CifarSplit
  /** 100 classes, or their 20 superclasses. */
  readonly labels?: 'fine' | 'coarse'
  /** Keeps `⌊500 · ratio^{c/99}⌋` images of fine class c, drawn by the seed: CIFAR100-LT. */
  readonly longTail?: { readonly ratio: number; readonly seed: number }
  /** Takes files with any number of images; without it a file with another number than published is an error. */
  readonly partial?: boolean
}

/**
 * CIFAR-100 in its binary version: records of a superclass byte, a class byte and 3,072 pixel bytes.
 *
 * @param folder where `train.bin` and `test.bin` lie, or its parent
 * @returns images `[32, 32, 3]` with values 0…1, read when asked for; class names if the `.txt` files are there
 * @throws DataError as {@link loadCifar10}; OptionError for a ratio outside (0, 1]
 * @see https://www.cs.toronto.edu/~kriz/cifar.html; Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446, for CIFAR100-LT (10,847
 * images at ratio 1/100)
 * @example
 * const superclasses = await loadCifar100('/data/cifar-100-binary', { split: 'all', labels: 'coarse' })
 * const tailed = await loadCifar100('/data/cifar-100-binary', { longTail: { ratio: 1 / 100, seed: 0 } })
 */
export async function loadCifar100(folder: string, options: Cifar100Options = {}): Promise<Dataset> {
  const { split = 'train', labels = 'fine', longTail, partial = false } = options
  const paths = await findAll(folder, 'cifar-100-binary', { train: ['train.bin'], test: ['test.bin'] }, split)
  const files = await recordFiles(paths, 2, partial)
  const column = labels === 'coarse' ? 0 : 1
  const classes = labels === 'coarse' ? 20 : 100
  const names = await readNames(join(dirname(paths[0]), `${labels}_label_names.txt`), classes)
  const name = labels === 'coarse' ? 'CIFAR-100-20' : 'CIFAR-100'
  const whole = await dataset(name, files, column, names ?? classes, { split, licence, citation })
  if (!longTail) return whole
  const fine = labels === 'fine' ? whole.labels! : await readLabels(files, 1, 100)
  const largest = largestClass(fine)
  const random = createRandom(longTail.seed)
  const rows = longTailRows(fine, { ratio: longTail.ratio, random, largest, rounding: 'down' })
  return subset(whole, rows, `${name}-LT`)
}

async function findAll(
  folder: string,
  inner: string,
  files: Record<'train' | 'test', readonly string[]>,
  split: CifarSplit,
): Promise<string[]> {
  const names = split === 'all' ? [...files.train, ...files.test] : files[split]
  const paths: string[] = []
  // One after the other, so that the error names the first missing file.
  for (const name of names) paths.push(await findFile([folder, join(folder, inner)], name))
  return paths
}

async function recordFiles(paths: readonly string[], labelBytes: number, partial: boolean): Promise<ByteImageFile[]> {
  const stride = labelBytes + pixels
  const files: ByteImageFile[] = []
  for (const path of paths) {
    const count = await countRecords(path, stride, partial ? undefined : published(basename(path)))
    files.push({ path, stride, start: labelBytes, count })
  }
  return files
}

async function dataset(
  name: string,
  files: readonly ByteImageFile[],
  labelColumn: number,
  classNames: readonly string[] | number,
  metadata: Record<string, unknown>,
): Promise<Dataset> {
  const named = typeof classNames !== 'number'
  const labels = await readLabels(files, labelColumn, named ? classNames.length : classNames)
  return byteImageDataset({
    name,
    files,
    shape: [32, 32, 3],
    order: 'channel-height-width',
    labels,
    ...(named ? { classNames } : {}),
    metadata: { source: 'https://www.cs.toronto.edu/~kriz/cifar.html', ...metadata },
  })
}

const recordsAtOnce = 1024

/** Reads the label byte of every record, a part of the file at a time. */
async function readLabels(files: readonly ByteImageFile[], column: number, classes: number): Promise<Int32Array> {
  const labels = new Int32Array(files.reduce((total, file) => total + file.count, 0))
  let row = 0
  for (const { path, count, stride } of files)
    await readParts(path, async (file) => {
      for (let record = 0; record < count; record += recordsAtOnce) {
        const part = await file.read(record * stride, Math.min(recordsAtOnce, count - record) * stride)
        for (let at = column; at < part.length; at += stride) {
          if (part[at] >= classes)
            throw new DataError(`${quoted(path)} holds label ${part[at]}; allowed are 0…${classes - 1}.`, {
              path,
              label: part[at],
            })
          labels[row++] = part[at]
        }
      }
    })
  return labels
}

async function readNames(path: string, count: number): Promise<string[] | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  const names = text?.split('\n').filter((line) => line.trim() !== '')
  return names?.length === count ? names.map((name) => name.trim()) : null
}

function largestClass(labels: Int32Array): number {
  const counts: number[] = []
  let most = 0
  for (const label of labels) most = Math.max(most, (counts[label] = (counts[label] ?? 0) + 1))
  return most
}
