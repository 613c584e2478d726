import type { Crop } from './crop'
import type { Jitter } from './jitter'

/** One random view of images with values 0…1. The steps happen in the order of these fields. */
export interface ImageView {
  /** Height and width of the view; by default those of the sample. */
  readonly size?: readonly [number, number]
  /** Which part is seen; `null` resizes the whole image. */
  readonly crop: Crop | null
  /** Probability of a horizontal flip. */
  readonly flip: number
  readonly jitter: Jitter | null
  /** Probability of becoming grey. */
  readonly grey: number
  /** Gaussian blur with σ uniform in `sigma` pixels. */
  readonly blur: {
    readonly probability: number
    readonly kernel: number
    readonly sigma: readonly [number, number]
  } | null
  /** Inverts values at or above `threshold`. */
  readonly solarize: { readonly probability: number; readonly threshold: number } | null
  /** Subtracts `mean` and divides by `std` in each channel, last. */
  readonly normalize: { readonly mean: readonly number[]; readonly std: readonly number[] } | null
}
