import { type CreateContext, DataError, type Dataset, definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { archives, fetchArchive } from './archives'
import { loadCars196 } from './cars196'
import { loadCifar10, loadCifar100 } from './cifar'
import { loadCub200 } from './cub200'
import { groundsAllowed, isGround, longestSide } from './decode'
import { loadImageFolder } from './image-folder'
import { loadINaturalist } from './inaturalist'
import { loadProducts } from './products'
import { loadStl10 } from './stl10'
import { loadTinyImageNet } from './tiny-imagenet'

const path = z.string().min(1)
const side = z.int().positive().max(longestSide)
const square = z.union([side.transform((both): [number, number] => [both, both]), z.tuple([side, side])])
const files = {
  path,
  size: square.default([64, 64]).describe('height and width, or one number for both'),
  fit: z.enum(['crop', 'stretch', 'pad']).default('crop'),
  channels: z.union([z.literal(1), z.literal(3)]).default(3),
  ground: z
    .string()
    .refine(isGround, { error: `allowed: ${groundsAllowed}` })
    .default('white')
    .describe('what lies behind transparent parts, and the bars of fit pad'),
  onBadImage: z.enum(['skip', 'error']).default('error'),
  cache: z.union([z.string().min(1), z.literal(false)]).optional(),
  concurrency: z.int().positive().optional(),
}
/** Of images that are made to one size. */
const describe = ({ size: [height, width], channels }: { size: [number, number]; channels: 1 | 3 }) => ({
  image: { height, width, channels },
})
/** Tells whoever makes a data set how many files are decoded. */
const decoding = ({ onPhase }: CreateContext) =>
  onPhase && { onProgress: (done: number, total: number) => onPhase({ phase: 'decoding', done, total }) }
/** Of colour images that are all of one size. */
const squares = (side: number) => () => ({ image: { height: side, width: side, channels: 3 as const } })
const download = z.boolean().default(false).describe('fetches the archive into the folder if it is not there')
const partial = z.boolean().default(false).describe('takes files of fewer or more images than were published')

/** Loads a data set. If files are absent and may be downloaded, it fetches the archive and loads again. */
async function orDownload(
  load: () => Promise<Dataset>,
  allowed: boolean,
  archive: keyof typeof archives,
  folder: string,
): Promise<Dataset> {
  try {
    return await load()
  } catch (error) {
    if (!allowed || !DataError.isInstance(error) || error.facts.folders === undefined) throw error
    await fetchArchive(archives[archive], folder)
    return load()
  }
}

const split = z.enum(['train', 'test', 'all']).default('train')

export const cifar10 = definePlugin({
  kind: 'dataset',
  name: 'cifar-10',
  apiVersion: 1,
  description: 'CIFAR-10, binary version: 60,000 images of 32×32, 10 classes',
  options: z.strictObject({ path, split, download, partial }),
  describe: squares(32),
  create: ({ path, split, download, partial }) =>
    orDownload(() => loadCifar10(path, split, { partial }), download, 'cifar-10', path),
})

export const cifar100 = definePlugin({
  kind: 'dataset',
  name: 'cifar-100',
  apiVersion: 1,
  description: 'CIFAR-100, binary version: 100 classes or 20 superclasses; CIFAR100-LT by longTail',
  options: z.strictObject({
    path,
    split,
    download,
    partial,
    labels: z.enum(['fine', 'coarse']).default('fine'),
    longTail: z
      .strictObject({ ratio: z.number().positive().max(1).default(0.01), seed: z.int().nonnegative().default(0) })
      .optional(),
  }),
  describe: squares(32),
  create: ({ path, download, ...options }) =>
    orDownload(() => loadCifar100(path, options), download, 'cifar-100', path),
})

export const stl10 = definePlugin({
  kind: 'dataset',
  name: 'stl-10',
  apiVersion: 1,
  description: 'STL-10, binary version: 13,000 images of 96×96, 10 classes; 100,000 more without labels',
  options: z.strictObject({
    path,
    split: z.enum(['train', 'test', 'all', 'unlabeled']).default('all'),
    download,
    partial,
  }),
  describe: squares(96),
  create: ({ path, split, download, partial }) =>
    orDownload(() => loadStl10(path, split, { partial }), download, 'stl-10', path),
})

export const imageFolder = definePlugin({
  kind: 'dataset',
  name: 'image-folder',
  apiVersion: 1,
  description: 'A folder of JPEG, PNG or WebP images, with or without class sub-folders; ImageNet-10 and -Dogs by only',
  options: z.strictObject({
    ...files,
    classes: z.enum(['auto', 'folders', 'none']).default('auto'),
    only: z.union([z.enum(['imagenet-10', 'imagenet-dogs']), z.array(z.string().min(1)).min(1)]).optional(),
  }),
  describe,
  create: ({ path, ...options }, context) => loadImageFolder(path, { ...options, ...decoding(context) }),
})

export const tinyImageNet = definePlugin({
  kind: 'dataset',
  name: 'tiny-imagenet',
  apiVersion: 1,
  description: 'Tiny-ImageNet: 200 classes of 64×64 images',
  options: z.strictObject({ ...files, split: z.enum(['train', 'val', 'all']).default('train') }),
  describe,
  create: ({ path, ...options }, context) => loadTinyImageNet(path, { ...options, ...decoding(context) }),
})

export const inaturalist = definePlugin({
  kind: 'dataset',
  name: 'inaturalist',
  apiVersion: 1,
  description: 'iNaturalist 2018 by its JSON, all or some categories',
  options: z.strictObject({
    ...files,
    annotations: path,
    categories: z.union([z.int().positive(), z.array(z.int()).min(1)]).optional(),
    seed: z.int().nonnegative().default(0),
  }),
  describe,
  create: ({ path, ...options }, context) => loadINaturalist(path, { ...options, ...decoding(context) }),
})

export const cub200 = definePlugin({
  kind: 'dataset',
  name: 'cub-200',
  apiVersion: 1,
  description: 'Caltech-UCSD Birds 200-2011 by its split files, or by halves of the classes',
  options: z.strictObject({
    ...files,
    split: z.enum(['all', 'train', 'test', 'first-half', 'second-half']).default('all'),
    boundingBoxes: z.boolean().default(false),
  }),
  describe,
  create: ({ path, ...options }, context) => loadCub200(path, { ...options, ...decoding(context) }),
})

export const cars196 = definePlugin({
  kind: 'dataset',
  name: 'cars-196',
  apiVersion: 1,
  description: 'Stanford Cars by cars_annos.mat, or by halves of the classes',
  options: z.strictObject({
    ...files,
    split: z.enum(['all', 'train', 'test', 'first-half', 'second-half']).default('all'),
    boundingBoxes: z.boolean().default(false),
  }),
  describe,
  create: ({ path, ...options }, context) => loadCars196(path, { ...options, ...decoding(context) }),
})

export const products = definePlugin({
  kind: 'dataset',
  name: 'stanford-online-products',
  apiVersion: 1,
  description: 'Stanford Online Products by its split files',
  options: z.strictObject({
    ...files,
    split: z.enum(['train', 'test']).default('train'),
    labels: z.enum(['product', 'kind']).default('product'),
  }),
  describe,
  create: ({ path, ...options }, context) => loadProducts(path, { ...options, ...decoding(context) }),
})

export const imagePlugins = [
  cifar10,
  cifar100,
  stl10,
  imageFolder,
  tinyImageNet,
  inaturalist,
  cub200,
  cars196,
  products,
] as const
