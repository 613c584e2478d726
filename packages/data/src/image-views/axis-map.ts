// Crop, resize, flip and blur are linear and act on each axis by itself. So each is one small matrix per image and axis.

/** Which part of an axis is read, and how many pixels it becomes. */
export interface AxisCrop {
  /** First pixel that is read. */
  readonly start: number
  /** How many pixels are read. */
  readonly length: number
  /** How many pixels the part becomes. */
  readonly size: number
  /** Which of those pixels are kept, from `offset` on; the matrix has as many rows as are kept. */
  readonly offset?: number
  /** Writes them in reverse order. */
  readonly flip?: boolean
}

/**
 * Writes the matrix of a crop with antialiased bilinear resampling of one axis, `[kept, full]` row-major.
 *
 * Output pixel i has its centre at `c = (i + ½)·s`, `s = length/size`, and is the mean of the pixels j of the part with
 * weights `max(0, 1 − |j + ½ − c| / max(s, 1))`, normalised: what PIL and torchvision (`antialias=True`) do.
 *
 * @param target `kept × full` zeros, written
 * @param full length of the axis
 * @param kept rows of the matrix
 */
export function writeCrop(target: Float32Array, full: number, kept: number, crop: AxisCrop): void {
  const { start, length, size, offset = 0, flip = false } = crop
  const scale = length / size
  const reach = Math.max(scale, 1)
  for (let i = 0; i < kept; i++) {
    const centre = (offset + i + 0.5) * scale
    const first = Math.max(0, Math.floor(centre - reach + 0.5))
    const end = Math.min(length, Math.floor(centre + reach + 0.5))
    let total = 0
    for (let j = first; j < end; j++) total += tent((j + 0.5 - centre) / reach)
    const row = (flip ? kept - 1 - i : i) * full + start
    for (let j = first; j < end; j++) target[row + j] = tent((j + 0.5 - centre) / reach) / total
  }
}

const tent = (x: number) => Math.max(0, 1 - Math.abs(x))

/**
 * Weights of a Gaussian blur, `exp(−t²/2σ²)` at t = −r … r, normalised.
 *
 * @param kernel odd length 2r + 1
 * @param sigma standard deviation in pixels; 0 leaves the image
 */
export function blurWeights(kernel: number, sigma: number): Float32Array {
  const radius = (kernel - 1) / 2
  const weight = (t: number) => (sigma > 0 ? Math.exp(-(t * t) / (2 * sigma * sigma)) : t === 0 ? 1 : 0)
  const weights = Array.from({ length: kernel }, (_, at) => weight(at - radius))
  const total = weights.reduce((sum, w) => sum + w, 0)
  return Float32Array.from(weights, (w) => w / total)
}

/**
 * Writes the matrix of a blur of one axis with mirrored borders, `[size, size]` row-major: pixel −t beyond the border is pixel t.
 *
 * @param target `size × size` zeros, written
 * @param weights of the taps, 2r + 1 with r < size
 */
export function writeBlur(target: Float32Array, size: number, weights: Float32Array): void {
  const radius = (weights.length - 1) / 2
  for (let i = 0; i < size; i++)
    for (let t = -radius; t <= radius; t++) target[i * size + mirror(i + t, size)] += weights[t + radius]
}

function mirror(at: number, size: number): number {
  if (at < 0) return -at
  return at >= size ? 2 * (size - 1) - at : at
}
