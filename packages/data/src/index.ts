import { csv } from './datasets/csv'
import { idx } from './datasets/idx'
import { longTail } from './datasets/long-tail'
import { npy } from './datasets/npy'
import { npz } from './datasets/npz'
import { parquet } from './datasets/parquet'
import { texts } from './datasets/texts'
import { dsclToy } from './dscl-toy'
import { imagePlugins } from './images/plugins'
import { optdigits } from './optdigits'
import { shards } from './shards/shards'

export { type DataReference, parseData } from './data-reference'
export { type CsvDatasetOptions, loadCsv } from './datasets/csv'
export { type IdxOptions, loadIdx } from './datasets/idx'
export { type IdxSplit, isIdxName } from './datasets/idx-files'
export { loadNpy } from './datasets/npy'
export { loadNpz, type NpzOptions } from './datasets/npz'
export { loadParquet, type ParquetOptions } from './datasets/parquet'
export { loadTexts, type TextsOptions } from './datasets/texts'
export { loadDsclToy } from './dscl-toy'
export type { ReadOptions } from './files'
export { type ColumnReference, type CsvOptions, type CsvTable, readCsv } from './formats/csv'
export { type CsvCells, eachCsvRecord, readCsvCells } from './formats/csv-cells'
export { type IdxArray, readIdx } from './formats/idx'
export { type MatValue, readMat } from './formats/mat'
export { type NpyArray, readNpy } from './formats/npy'
export type { Values } from './formats/npy-elements'
export { readNpz } from './formats/npz'
export type { Numbers } from './formats/numbers'
export { archives, fetchArchive } from './images/archives'
export { type ByteImageFile, type ByteImagesInit, type ByteOrder, byteImageDataset } from './images/byte-images'
export { type Cars196Options, loadCars196 } from './images/cars196'
export { type Cifar100Options, type CifarSplit, loadCifar10, loadCifar100 } from './images/cifar'
export { type Cub200Options, loadCub200 } from './images/cub200'
export { type DecodeOptions, decodeImage } from './images/decode'
export { decodeEach } from './images/decode-each'
export { type DownloadOptions, download } from './images/download'
export type { BadImage, Box, ImageFile } from './images/image-file'
export { type ImageFolderOptions, listImageFolder, loadImageFolder } from './images/image-folder'
export { type ImageList, type ImageListDataset, type ImageListOptions, imageListDataset } from './images/image-list'
export { imageNet10, imageNetDogs } from './images/imagenet-classes'
export { type INaturalistOptions, loadINaturalist } from './images/inaturalist'
export { loadProducts, type ProductsOptions } from './images/products'
export { loadStl10, type Stl10Split } from './images/stl10'
export { type UnpackOptions, unpackTar } from './images/tar'
export { loadTinyImageNet, type TinyImageNetOptions } from './images/tiny-imagenet'
export { isHiddenName } from './list-files'
export { loadOptdigits } from './optdigits'
export * from './rows'
export { manifestName, readManifest, type ShardManifest } from './shards/manifest'
export type { ShardPart } from './shards/part'
export { loadShards, type ShardedDataset, type ShardsOptions } from './shards/shards'

/** The readers of data sets. The augmentations are in `@dc/data/views`. */
export const plugins = [
  optdigits,
  dsclToy,
  longTail,
  idx,
  npy,
  npz,
  parquet,
  csv,
  texts,
  shards,
  ...imagePlugins,
] as const
