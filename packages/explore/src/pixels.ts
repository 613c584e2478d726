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
  const { width, height } = target
  const { side, masks } = discOf(radius)
  const half = side / 2
  const { buffer, byteOffset, length } = target.data
  // A pixel at a time, red and blue in one number, green and opacity in another: alone, each byte takes as long as all together. Plain
  // loops: this is done anew for each picture.
  const pixels = new Uint32Array(buffer, byteOffset, length / 4)
  const inks = [grey, ...colours].map(([red, green, blue]) => [red | (blue << 16), green | (255 << 16)] as const)
  for (let at = 0; at < x.length; at++) {
    const left = Math.round(x[at] - half)
    const top = Math.round(y[at] - half)
    if (!(left < width && top < height && left + side > 0 && top + side > 0)) continue
    const ink = inks[shades[at] + 1] ?? inks[0]
    const redBlue = ink[0]
    const greenFull = ink[1]
    const strength = Math.round(256 * cover[at])
    const from = Math.max(0, -left)
    const to = Math.min(side, width - left)
    const last = Math.min(side, height - top)
    for (let line = Math.max(0, -top); line < last; line++) {
      let pixel = (top + line) * width + left + from
      for (let column = from; column < to; column++, pixel++) {
        const share = (strength * masks[line * side + column] + 128) >> 8
        if (share === 0) continue
        const below = pixels[pixel]
        const evens = below & bytes
        const odds = (below >>> 8) & bytes
        // A byte's rest may borrow from the one above it; half of a step more than rounds it, and the mask takes it away.
        const first = (evens + ((Math.imul(redBlue - evens, share) + rounds) >>> 8)) & bytes
        const second = (odds + ((Math.imul(greenFull - odds, share) + rounds) >>> 8)) & bytes
        pixels[pixel] = first | (second << 8)
      }
    }
  }
}

/** The first and third byte of a pixel, and a half of each step of a product of these. */
const [bytes, rounds] = [0xff00ff, 0x800080]

/** How much of each pixel of a square a disc in its middle covers: 0 … 256. */
function discOf(radius: number): { side: number; masks: Int32Array } {
  const side = Math.max(1, Math.ceil(2 * radius))
  const masks = Int32Array.from({ length: side * side }, (_, at) => {
    const far = Math.hypot((at % side) - (side - 1) / 2, Math.floor(at / side) - (side - 1) / 2)
    return Math.round(256 * Math.min(1, Math.max(0, radius + 0.5 - far)))
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
