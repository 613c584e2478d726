// Random versions of a batch, on tensors. Needs TensorFlow.js; runs in Node and in pages.
import { featureNoisePlugin } from './augmentations/feature-noise'
import { imageAffinePlugin } from './augmentations/image-affine'
import { byolPlugin, imageViewsPlugin, simclrPlugin, sp2otPlugin } from './image-views/plugins'

export { type FeatureNoiseOptions, featureNoise } from './augmentations/feature-noise'
export { type ImageAffineOptions, imageAffine } from './augmentations/image-affine'
export type { ImageView } from './image-views/image-view'
export { imageViews } from './image-views/image-views'
export { byolViews, imageNetStatistics, type PresetOptions, simclrViews, sp2otViews } from './image-views/presets'
export { type AffineMap, resampleAffine } from './resample-affine'

/** The augmentations. */
export const plugins = [
  featureNoisePlugin,
  imageAffinePlugin,
  imageViewsPlugin,
  simclrPlugin,
  byolPlugin,
  sp2otPlugin,
] as const
