/** Points to paint, those that are painted first coming first. */
export interface Points {
  /** Middles in pixels. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Index into `colours` of each; −1 for grey. */
  readonly shades: Int32Array
  /** How much of what lies below a point's colour covers. */
  readonly cover: Float32Array
}

/** Pixels, four bytes each, opaque. */
export interface Target {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Red, green and blue, 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

const grey: Rgb = [148, 152, 160]

/**
 * Paints points as discs into pixels. A canvas without a graphics card takes 100,000 orders to fill a square far more slowly than one picture that
 * was painted here.
 */
export function paint(target: Target, { x, y, shades, cover }: Points, colours: readonly Rgb[], radius: number): void {
  const { data, width, height } = target
  const { side, masks } = discOf(radius)
  const half = side / 2
  // Plain loops: this is done anew for each picture.
  for (let at = 0; at < x.length; at++) {
    const left = Math.round(x[at] - half)
    const top = Math.round(y[at] - half)
    if (!(left < width && top < height && left + side > 0 && top + side > 0)) continue
    const rgb = colours[shades[at]] ?? grey
    const red = rgb[0]
    const green = rgb[1]
    const blue = rgb[2]
    const from = Math.max(0, -left)
    const to = Math.min(side, width - left)
    const last = Math.min(side, height - top)
    for (let line = Math.max(0, -top); line < last; line++) {
      let pixel = 4 * ((top + line) * width + left + from)
      for (let column = from; column < to; column++, pixel += 4) {
        const share = cover[at] * masks[line * side + column]
        if (share === 0) continue
        data[pixel] += share * (red - data[pixel])
        data[pixel + 1] += share * (green - data[pixel + 1])
        data[pixel + 2] += share * (blue - data[pixel + 2])
      }
    }
  }
}

/** How much of each pixel of a square a disc in its middle covers. */
function discOf(radius: number): { side: number; masks: Float32Array } {
  const side = Math.max(1, Math.ceil(2 * radius))
  const masks = Float32Array.from({ length: side * side }, (_, at) => {
    const far = Math.hypot((at % side) - (side - 1) / 2, Math.floor(at / side) - (side - 1) / 2)
    return Math.min(1, Math.max(0, radius + 0.5 - far))
  })
  return { side, masks }
}

/** A colour as a canvas understands it. */
export function rgbOf(context: CanvasRenderingContext2D, colour: string): Rgb {
  context.fillStyle = '#9498a0'
  context.fillStyle = colour
  const hex = String(context.fillStyle)
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}
