/** Where an output pixel is read: `source = M · (p − centre − shift) + centre`, in pixels, x to the right, y down. */
export interface AffineMap {
  readonly xx: number
  readonly xy: number
  readonly yx: number
  readonly yy: number
  readonly shiftX: number
  readonly shiftY: number
}

/**
 * Resamples one image through an affine map, bilinear, zeros outside.
 *
 * @param source pixels `[height, width, channels]`
 * @param target written; same size
 * @example
 * const identity = { xx: 1, xy: 0, yx: 0, yy: 1, shiftX: 0, shiftY: 0 }
 * resampleAffine(image, copy, [8, 8, 1], identity)
 */
export function resampleAffine(
  source: Float32Array,
  target: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  map: AffineMap,
): void {
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - centreX - map.shiftX
      const dy = y - centreY - map.shiftY
      const sourceX = map.xx * dx + map.xy * dy + centreX
      const sourceY = map.yx * dx + map.yy * dy + centreY
      const left = Math.floor(sourceX)
      const top = Math.floor(sourceY)
      const [right, low] = [sourceX - left, sourceY - top]
      const at = (y * width + x) * channels
      for (let c = 0; c < channels; c++) {
        const pixel = (py: number, px: number) =>
          py < 0 || py >= height || px < 0 || px >= width ? 0 : source[(py * width + px) * channels + c]
        const upper = (1 - right) * pixel(top, left) + right * pixel(top, left + 1)
        const lower = (1 - right) * pixel(top + 1, left) + right * pixel(top + 1, left + 1)
        target[at + c] = (1 - low) * upper + low * lower
      }
    }
  }
}
