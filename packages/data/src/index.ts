import { featureNoisePlugin } from './augmentations/feature-noise'
import { imageAffinePlugin } from './augmentations/image-affine'
import { csv } from './datasets/csv'
import { idx } from './datasets/idx'
import { npy } from './datasets/npy'
import { byolPlugin, imageViewsPlugin, simclrPlugin, sp2otPlugin } from './image-views/plugins'
import { optdigits } from './optdigits'

export { type FeatureNoiseOptions, featureNoise } from './augmentations/feature-noise'
export { type ImageAffineOptions, imageAffine } from './augmentations/image-affine'
export { type BatchOptions, batchCount, batches } from './batches'
export { type CsvDatasetOptions, loadCsv } from './datasets/csv'
export { loadIdx } from './datasets/idx'
export { loadNpy } from './datasets/npy'
export { type CsvOptions, type CsvTable, readCsv } from './formats/csv'
export { type IdxArray, readIdx } from './formats/idx'
export { type NpyArray, readNpy } from './formats/npy'
export { type ImageView, imageViews } from './image-views/image-views'
export { byolViews, imageNetStatistics, type PresetOptions, simclrViews, sp2otViews } from './image-views/presets'
export { encodeLabels } from './labels'
export { type MemoryDataset, type MemoryDatasetInit, memoryDataset } from './memory-dataset'
export { loadOptdigits } from './optdigits'
export { type AffineMap, resampleAffine } from './resample-affine'
export { type LongTailOptions, longTailRows, splitByClass, subset } from './subset'

/** Everything this package registers. */
export const plugins = [
  optdigits,
  idx,
  npy,
  csv,
  featureNoisePlugin,
  imageAffinePlugin,
  imageViewsPlugin,
  simclrPlugin,
  byolPlugin,
  sp2otPlugin,
] as const
