import type { ImageView } from './image-view'
import type { Jitter } from './jitter'

/** Mean and standard deviation of ImageNet's channels, for values 0…1. */
export const imageNetStatistics = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const

/** Settings that the presets leave open. */
export interface PresetOptions {
  /** Height and width of the views; by default those of the sample. */
  readonly size?: readonly [number, number]
  readonly normalize?: ImageView['normalize']
}

const plain: ImageView = {
  crop: { kind: 'resized', scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
  flip: 0.5,
  jitter: null,
  grey: 0.2,
  blur: null,
  solarize: null,
  normalize: null,
}
const jitter = (brightness: number, contrast: number, saturation: number, hue: number): Jitter => ({
  brightness,
  contrast,
  saturation,
  hue,
  probability: 0.8,
})

/**
 * SimCLR's two views as BootSC uses them: random resized crop of 8–100 % of the area, flip ½, colour jitter
 * (0.8, 0.8, 0.8, 0.2) with probability 0.8, grey 0.2, no blur.
 *
 * @see Guo et al. 2025, arXiv 2508.04200, for BootSC's values; Chen et al. 2020, appendix A
 */
export function simclrViews({ size, normalize = null }: PresetOptions = {}): ImageView[] {
  const view = { ...plain, size, normalize, jitter: jitter(0.8, 0.8, 0.8, 0.2) }
  return [view, view]
}

/**
 * BYOL's two views as BootSC uses them: {@link simclrViews} with jitter (0.4, 0.4, 0.2, 0.1), and the second view solarised
 * with probability 0.2. No blur.
 *
 * @see Guo et al. 2025, arXiv 2508.04200, for BootSC's values; Grill et al. 2020, appendix B
 */
export function byolViews({ size, normalize = null }: PresetOptions = {}): ImageView[] {
  const view = { ...plain, size, normalize, jitter: jitter(0.4, 0.4, 0.2, 0.1) }
  return [view, { ...view, solarize: { probability: 0.2, threshold: 128 / 255 } }]
}

/**
 * SP²OT's two views: shorter side resized (256), random cut (224), flip ½, ImageNet normalisation. SP²OT's colour jitter is
 * left out: its default arguments change nothing.
 *
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446
 */
export function sp2otViews({
  size = [224, 224],
  resize = Math.round((Math.max(...size) * 256) / 224),
  normalize = imageNetStatistics,
}: PresetOptions & { readonly resize?: number } = {}): ImageView[] {
  const view: ImageView = { ...plain, size, crop: { kind: 'shifted', resize }, grey: 0, normalize }
  return [view, view]
}
