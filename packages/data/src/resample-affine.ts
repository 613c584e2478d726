/**
 * Where an output pixel reads its source: `source = M · (p − centre − shift) + centre`, in pixels, x to the right, y down.
 */
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
 * @param target of the same size; it is overwritten
 * @param target written; same size
 * @example
 * const identity = { xx: 1, xy: 0, yx: 0, yy: 1, shiftX: 0, shiftY: 0 }
 * const image = new Float32Array(64).fill(0.5)
 * const copy = new Float32Array(64)
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
      const right = sourceX - left
      const low = sourceY - top
      // Zeros outside: a corner beyond the edge has weight 0.
      const inLeft = left >= 0 && left < width
      const inRight = left >= -1 && left < width - 1
      const inTop = top >= 0 && top < height
      const inLow = top >= -1 && top < height - 1
      const corner = (top * width + left) * channels
      const below = corner + width * channels
      for (let c = 0; c < channels; c++) {
        let value = 0
        if (inTop && inLeft) value += (1 - low) * (1 - right) * source[corner + c]
        if (inTop && inRight) value += (1 - low) * right * source[corner + channels + c]
        if (inLow && inLeft) value += low * (1 - right) * source[below + c]
        if (inLow && inRight) value += low * right * source[below + channels + c]
        target[(y * width + x) * channels + c] = value
      }
    }
  }
}
