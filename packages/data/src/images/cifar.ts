import { open, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createRandom, DataError, type Dataset } from '@dc/core'
import { longTailRows, subset } from '../subset'
import { type ByteImageFile, byteImageDataset } from './byte-images'
import { findFile } from './find-file'

export type CifarSplit = 'train' | 'test' | 'all'

const pixels = 32 * 32 * 3
const licence = 'none stated by the authors; for research'
const citation = 'Krizhevsky 2009, "Learning multiple layers of features from tiny images"'

const cifar10Names = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']
const cifar10Files = {
  train: [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`),
  test: ['test_batch.bin'],
}

/**
 * CIFAR-10 in its binary version: records of one label byte and 3,072 pixel bytes, red, green, blue planes by rows.
 *
 * @param folder where `data_batch_1.bin` … `test_batch.bin` lie, or its parent
 * @param split `all` is train, then test: the 60,000 images that BootSC trains on
 * @returns images `[32, 32, 3]` with values 0…1, read when asked for
 * @throws DataError if a file is absent, is not of whole records, or holds a label above 9
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 * @example
 * const cifar = await loadCifar10('/data/cifar-10-batches-bin', 'all')
 */
export async function loadCifar10(folder: string, split: CifarSplit = 'train'): Promise<Dataset> {
  const files = await findAll(folder, 'cifar-10-batches-bin', cifar10Files, split)
  return dataset('CIFAR-10', files, 1, 0, cifar10Names, { split, licence, citation })
}

/** What {@link loadCifar100} may do. */
export interface Cifar100Options {
  readonly split?: CifarSplit
  /** 100 classes, or their 20 superclasses. */
  readonly labels?: 'fine' | 'coarse'
  /** Keeps `⌊500 · ratio^{c/99}⌋` images of fine class c, drawn by the seed: CIFAR100-LT. */
  readonly longTail?: { readonly ratio: number; readonly seed: number }
}

/**
 * CIFAR-100 in its binary version: records of a superclass byte, a class byte and 3,072 pixel bytes.
 *
 * @param folder where `train.bin` and `test.bin` lie, or its parent
 * @returns images `[32, 32, 3]` with values 0…1, read when asked for; class names if the `.txt` files are there
 * @throws DataError as {@link loadCifar10}; OptionError for a ratio outside (0, 1]
 * @see https://www.cs.toronto.edu/~kriz/cifar.html; ALGORITHMS.md §2 for CIFAR100-LT (10,847 images at ratio 1/100)
 * @example
 * const superclasses = await loadCifar100('/data/cifar-100-binary', { split: 'all', labels: 'coarse' })
 * const tailed = await loadCifar100('/data/cifar-100-binary', { longTail: { ratio: 1 / 100, seed: 0 } })
 */
export async function loadCifar100(folder: string, options: Cifar100Options = {}): Promise<Dataset> {
  const { split = 'train', labels = 'fine', longTail } = options
  const files = await findAll(folder, 'cifar-100-binary', { train: ['train.bin'], test: ['test.bin'] }, split)
  const column = labels === 'coarse' ? 0 : 1
  const classes = labels === 'coarse' ? 20 : 100
  const names = await readNames(join(files[0], '..', `${labels}_label_names.txt`), classes)
  const name = labels === 'coarse' ? 'CIFAR-100-20' : 'CIFAR-100'
  const whole = await dataset(name, files, 2, column, names ?? classes, { split, licence, citation })
  if (!longTail) return whole
  const fine = labels === 'fine' ? whole.labels! : await readLabels(files, 2, 1, 100)
  const largest = Math.max(...countClasses(fine))
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
  // One after the other, so that of several missing files the first is named.
  for (const name of names) paths.push(await findFile([folder, join(folder, inner)], name))
  return paths
}

async function dataset(
  name: string,
  paths: readonly string[],
  labelBytes: number,
  labelColumn: number,
  classNames: readonly string[] | number,
  metadata: Record<string, unknown>,
): Promise<Dataset> {
  const stride = labelBytes + pixels
  const files: ByteImageFile[] = []
  for (const path of paths) files.push({ path, stride, start: labelBytes, count: await countRecords(path, stride) })
  const named = typeof classNames !== 'number'
  const labels = await readLabels(paths, labelBytes, labelColumn, named ? classNames.length : classNames)
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

async function countRecords(path: string, stride: number): Promise<number> {
  const { size } = await stat(path)
  if (size === 0 || size % stride !== 0)
    throw new DataError(`'${path}' has ${size} bytes; expected a positive multiple of ${stride}, whole records.`, {
      path,
      size,
    })
  return size / stride
}

/** One label byte of every record, reading a part of the file at a time. */
async function readLabels(
  paths: readonly string[],
  labelBytes: number,
  column: number,
  classes: number,
): Promise<Int32Array> {
  const stride = labelBytes + pixels
  const labels: number[] = []
  for (const path of paths) {
    const handle = await open(path)
    const part = new Uint8Array(stride * 1024)
    try {
      for (;;) {
        const { bytesRead } = await handle.read(part, 0, part.length)
        for (let at = column; at < bytesRead; at += stride) labels.push(part[at])
        if (bytesRead < part.length) break
      }
    } finally {
      await handle.close()
    }
    const bad = labels.findIndex((label) => label >= classes)
    if (bad >= 0)
      throw new DataError(`'${basename(path)}' holds label ${labels[bad]}; allowed are 0…${classes - 1}.`, {
        path,
        label: labels[bad],
      })
  }
  return Int32Array.from(labels)
}

async function readNames(path: string, count: number): Promise<string[] | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  const names = text?.split('\n').filter((line) => line.trim() !== '')
  return names?.length === count ? names.map((name) => name.trim()) : null
}

function countClasses(labels: Int32Array): number[] {
  const counts: number[] = []
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return Array.from(counts, (count) => count ?? 0)
}
