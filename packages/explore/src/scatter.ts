import KDBush from 'kdbush'
import type { Colouring } from './colouring'
import { dots } from './dots'
import { placedLabels } from './labels'
import { type Points, paint, rgbOf } from './pixels'
import type { Rows } from './rows'
import { bounded, type View } from './state'

/** Pixels between the map's side and the outermost points, and of the reach of a pointer. */
export const edge = 14
const reach = 14
/** More points than this are painted as one picture. */
const mostRound = 3000
/** How much of what lies below a point covers: a faint one, and one in full colour. */
const covers = [0.13, 0.82] as const
/** Of at most so many chosen rows each one wears a ring. */
const fewChosen = 40

/** Pixels of rows along one direction. */
function along(values: Float32Array, rows: Int32Array, start: number, span: number): Float32Array {
  const found = new Float32Array(rows.length)
  for (let at = 0; at < rows.length; at++) found[at] = start + values[rows[at]] * span
  return found
}

/** What is drawn beside the points. */
export interface Marks {
  readonly colouring: Colouring
  /** Rows in full colour; the others are faint. Null for all. */
  readonly chosen: Int32Array | null
  readonly pointed: number | null
  /** The way of a lasso that is being drawn, in pixels. */
  readonly lasso: readonly (readonly [x: number, y: number])[]
  /** Where the keyboard's cross stands, in pixels. */
  readonly cross: readonly [x: number, y: number] | null
}

/** Rows as points of a canvas, of any size and at any enlargement. */
export class Scatter {
  width = 0
  height = 0
  view: View = { x: 0.5, y: 0.5, scale: 1 }
  readonly #canvas: HTMLCanvasElement
  #marks: Marks | undefined
  #rows!: Rows
  #x!: Float32Array
  #y!: Float32Array
  #placed!: Int32Array
  #index!: KDBush
  #order: {
    readonly key: unknown
    readonly rows: Int32Array
    readonly shades: Int32Array
    readonly full: Uint8Array
  } | null = null

  constructor(canvas: HTMLCanvasElement, rows: Rows) {
    this.#canvas = canvas
    this.show(rows)
  }

  /** Takes other rows. */
  show(rows: Rows): void {
    this.#rows = rows
    this.#x = rows.x
    this.#y = rows.y
    this.#order = null
    const placed: number[] = []
    for (let row = 0; row < rows.count; row++) if (!Number.isNaN(rows.x[row])) placed.push(row)
    this.#placed = Int32Array.from(placed)
    this.#index = new KDBush(Math.max(1, placed.length), 64, Float32Array)
    for (const row of placed) this.#index.add(rows.x[row], rows.y[row])
    if (placed.length === 0) this.#index.add(2, 2)
    this.#index.finish()
  }

  /** Where the points are drawn now. */
  get places(): { readonly x: Float32Array; readonly y: Float32Array } {
    return { x: this.#x, y: this.#y }
  }

  /** Draws the points on their way from other places: at 0 there, at 1 where they belong. */
  between(from: { readonly x: Float32Array; readonly y: Float32Array }, share: number): void {
    const { x, y } = this.#rows
    const way = (a: Float32Array, b: Float32Array) => b.map((value, row) => a[row] + share * (value - a[row]))
    this.#x = share < 1 ? way(from.x, x) : x
    this.#y = share < 1 ? way(from.y, y) : y
  }

  /** Takes the size of the element. */
  resize(): void {
    const { clientWidth, clientHeight } = this.#canvas
    const ratio = window.devicePixelRatio || 1
    this.width = clientWidth
    this.height = clientHeight
    this.#canvas.width = Math.round(clientWidth * ratio)
    this.#canvas.height = Math.round(clientHeight * ratio)
    this.#canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0)
    // At once: a canvas of another size is empty, and a page that is printed waits for no frame.
    if (this.#marks) this.draw(this.#marks)
  }

  /** Pixels of a place of the unit square. */
  pixels(x: number, y: number): [x: number, y: number] {
    const [wide, high] = this.#span()
    return [this.width / 2 + (x - this.view.x) * wide, this.height / 2 + (y - this.view.y) * high]
  }

  /** The place of the unit square at a pixel. */
  place(x: number, y: number): [x: number, y: number] {
    const [wide, high] = this.#span()
    return [this.view.x + (x - this.width / 2) / wide, this.view.y + (y - this.height / 2) / high]
  }

  #span(): [number, number] {
    const { scale } = this.view
    return [Math.max(1, this.width - 2 * edge) * scale, Math.max(1, this.height - 2 * edge) * scale]
  }

  /** The rows within a number of pixels. */
  near(x: number, y: number, pixels: number): number[] {
    const [wide, high] = this.#span()
    const [u, v] = this.place(x, y)
    const found = this.#index.range(u - pixels / wide, v - pixels / high, u + pixels / wide, v + pixels / high)
    return found.flatMap((at) => {
      const row = this.#placed[at]
      return row !== undefined && this.#distance(row, x, y) <= pixels ? [row] : []
    })
  }

  /** The row nearest to a pixel, within a pointer's reach. */
  nearest(x: number, y: number, pixels = reach): number | null {
    let [best, least] = [null as number | null, Number.POSITIVE_INFINITY]
    for (const row of this.near(x, y, pixels)) {
      const far = this.#distance(row, x, y)
      if (far < least) [best, least] = [row, far]
    }
    return best
  }

  #distance(row: number, x: number, y: number): number {
    const [u, v] = this.pixels(this.#x[row], this.#y[row])
    return Math.hypot(u - x, v - y)
  }

  draw(marks: Marks): void {
    this.#marks = marks
    const context = this.#canvas.getContext('2d')
    if (!context || this.width === 0) return
    const style = getComputedStyle(this.#canvas)
    const [ink, card, accent] = ['--ink', '--card', '--accent'].map((name) => style.getPropertyValue(name).trim())
    context.clearRect(0, 0, this.width, this.height)
    this.#points(context, marks, card)
    const { colouring, chosen, pointed, lasso, cross } = marks
    if (colouring.groups) this.#names(context, colouring, chosen, style.fontFamily, ink, card)
    // A few chosen ones would be lost among many.
    if (chosen && chosen.length <= fewChosen) for (const row of chosen) this.#ring(context, row, 5, ink)
    if (pointed !== null) this.#ring(context, pointed, 7, ink)
    if (lasso.length > 1) {
      context.beginPath()
      for (const [x, y] of lasso) context.lineTo(x, y)
      context.closePath()
      context.globalAlpha = 0.15
      context.fillStyle = accent
      context.fill()
      context.globalAlpha = 1
      context.lineWidth = 1.5
      context.strokeStyle = accent
      context.stroke()
    }
    if (cross) {
      context.lineWidth = 1.5
      context.strokeStyle = ink
      context.beginPath()
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        context.moveTo(cross[0] + 4 * dx, cross[1] + 4 * dy)
        context.lineTo(cross[0] + 13 * dx, cross[1] + 13 * dy)
      }
      context.stroke()
    }
  }

  #ring(context: CanvasRenderingContext2D, row: number, radius: number, ink: string): void {
    const [x, y] = this.pixels(this.#x[row], this.#y[row])
    if (Number.isNaN(x)) return
    context.lineWidth = 1.75
    context.strokeStyle = ink
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.stroke()
  }

  #points(context: CanvasRenderingContext2D, { colouring, chosen }: Marks, card: string): void {
    const { rows, shades, full } = this.#ordered(colouring, chosen)
    const crowd = Math.sqrt(2500 / Math.max(1, rows.length))
    const size = bounded(2.2 * bounded(crowd, 0.45, 1.8) * this.view.scale ** 0.35, 0.9, 7)
    const [wide, high] = this.#span()
    const [left, top] = [this.width / 2 - this.view.x * wide, this.height / 2 - this.view.y * high]
    const [x, y] = [along(this.#x, rows, left, wide), along(this.#y, rows, top, high)]
    if (rows.length > mostRound) {
      this.#painted(context, { x, y, shades, full }, colouring.shades, size, card)
      return
    }
    const stamps = dots(colouring.shades, size)
    let bright = -1
    for (let at = 0; at < rows.length; at++) {
      const [u, v] = [x[at], y[at]]
      if (u < -size || v < -size || u > this.width + size || v > this.height + size) continue
      if (full[at] !== bright) {
        bright = full[at]
        context.globalAlpha = covers[bright]
      }
      context.drawImage(stamps.of(shades[at]), u - stamps.half, v - stamps.half, 2 * stamps.half, 2 * stamps.half)
    }
    context.globalAlpha = 1
  }

  /** Many points: as one picture. */
  #painted(
    context: CanvasRenderingContext2D,
    { x, y, shades, full }: Omit<Points, 'cover'> & { readonly full: Uint8Array },
    colours: readonly string[],
    size: number,
    card: string,
  ): void {
    const { width, height } = this.#canvas
    if (this.#picture?.width !== width || this.#picture.height !== height)
      this.#picture = context.createImageData(width, height)
    const { data } = this.#picture
    const [red, green, blue] = rgbOf(context, card)
    data.set([red, green, blue, 255])
    const whole = new Uint32Array(data.buffer)
    whole.fill(whole[0])
    const ratio = width / this.width
    const scaled = (values: Float32Array) => (ratio === 1 ? values : values.map((value) => value * ratio))
    const cover = new Float32Array(full.length)
    for (let at = 0; at < full.length; at++) cover[at] = covers[full[at]]
    const points = { x: scaled(x), y: scaled(y), shades, cover }
    paint(
      this.#picture,
      points,
      colours.map((colour) => rgbOf(context, colour)),
      size * ratio,
    )
    context.putImageData(this.#picture, 0, 0)
  }
  #picture: ImageData | undefined

  /** Faint points first, then by colour in turns of a few hundred, so that no group lies over all others. */
  #ordered({ of }: Colouring, chosen: Int32Array | null) {
    if (this.#order && this.#order.key === of && this.#last === chosen) return this.#order
    const mark = new Uint8Array(this.#rows.count).fill(chosen ? 0 : 1)
    for (const row of chosen ?? []) mark[row] = 1
    const turns = 8
    const rank = (row: number) => mark[row] * 1e9 + (((row * 2_654_435_761) >>> 29) % turns) * 1e6 + of[row] + 1
    const keyed = Float64Array.from(this.#placed, rank)
    const order = Int32Array.from(keyed.keys()).sort((a, b) => keyed[a] - keyed[b])
    const rows = order.map((at) => this.#placed[at])
    this.#last = chosen
    this.#order = { key: of, rows, shades: rows.map((row) => of[row]), full: Uint8Array.from(rows, (row) => mark[row]) }
    return this.#order
  }
  #last: Int32Array | null = null

  #names(
    context: CanvasRenderingContext2D,
    colouring: Colouring,
    chosen: Int32Array | null,
    family: string,
    ink: string,
    card: string,
  ): void {
    const labels = placedLabels(context, {
      ...{ colouring, family, rows: this.#rows, shown: chosen ?? this.#placed },
      ...{ width: this.width, height: this.height, pixels: (x: number, y: number) => this.pixels(x, y) },
    })
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    for (const { name, x, y, font } of labels) {
      context.font = font
      context.lineWidth = 4
      context.strokeStyle = card
      context.strokeText(name, x, y)
      context.fillStyle = ink
      context.fillText(name, x, y)
    }
  }
}
