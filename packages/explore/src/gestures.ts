import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import { edge, type Scatter } from './scatter'
import { mostScale, type View } from './state'

export type Tool = 'move' | 'lasso'

/** What a pointer or a key asks for. */
export interface Asked {
  tool(): Tool
  view(view: View): void
  point(x: number, y: number): void
  leave(): void
  /** A click or a tap. */
  pick(x: number, y: number, more: boolean): void
  lasso(way: readonly (readonly [x: number, y: number])[], done: boolean): void
}

/** Pixels that a pointer moves before a click becomes a way. */
const slack = 4

/** Moving, enlarging and lassoing by mouse, pen and fingers. */
export function gestures(canvas: HTMLCanvasElement, scatter: Scatter, asked: Asked) {
  const selection = select(canvas)
  const lassoing = (event: { shiftKey?: boolean; touches?: { length: number } }) =>
    (asked.tool() === 'lasso' || event.shiftKey === true) && (event.touches?.length ?? 1) < 2
  const behaviour = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([1, mostScale])
    .clickDistance(slack)
    .filter((event: WheelEvent & TouchEvent) => {
      // A wheel over a map that nobody has chosen scrolls the page.
      if (event.type === 'wheel') return event.ctrlKey || document.activeElement === canvas.parentElement
      return !event.button && !lassoing(event)
    })
    .on('zoom', ({ transform }: { transform: ZoomTransform }) => asked.view(viewOf(transform)))
  selection.call(behaviour)

  const viewOf = ({ x, y, k }: ZoomTransform): View => ({
    x: ((scatter.width / 2 - x) / k - edge) / (scatter.width - 2 * edge),
    y: ((scatter.height / 2 - y) / k - edge) / (scatter.height - 2 * edge),
    scale: k,
  })
  const transformOf = ({ x, y, scale }: View) =>
    zoomIdentity
      .translate(
        scatter.width / 2 - scale * (edge + x * (scatter.width - 2 * edge)),
        scatter.height / 2 - scale * (edge + y * (scatter.height - 2 * edge)),
      )
      .scale(scale)

  const at = (event: PointerEvent): [number, number] => {
    const { left, top } = canvas.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  let way: [number, number][] = []
  let drawing = false
  let pressed: [number, number] | null = null
  const listen = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
    canvas.addEventListener(type, run)
  listen('pointerdown', (event) => {
    if (event.button !== 0) return
    pressed = at(event)
    drawing = lassoing(event) && event.isPrimary
    if (!drawing) return
    way = [pressed]
    canvas.setPointerCapture(event.pointerId)
  })
  listen('pointermove', (event) => {
    const place = at(event)
    if (!drawing) {
      if (event.buttons === 0) asked.point(...place)
      return
    }
    const [x, y] = way.at(-1)!
    if (Math.hypot(place[0] - x, place[1] - y) < 2) return
    way.push(place)
    asked.lasso(way, false)
  })
  const ends = (event: PointerEvent) => {
    const place = at(event)
    const stayed = pressed !== null && Math.hypot(place[0] - pressed[0], place[1] - pressed[1]) <= slack
    const drawn = drawing && way.length > 2 && !stayed
    if (drawing) asked.lasso(drawn ? way : [], true)
    if (stayed && event.type === 'pointerup') asked.pick(...place, event.shiftKey || event.ctrlKey || event.metaKey)
    drawing = false
    pressed = null
  }
  listen('pointerup', ends)
  listen('pointercancel', ends)
  listen('pointerleave', () => asked.leave())

  return {
    /** After the canvas has got another size. */
    resize(view: View) {
      const whole: [[number, number], [number, number]] = [
        [0, 0],
        [scatter.width, scatter.height],
      ]
      behaviour.extent(whole).translateExtent(whole)
      behaviour.transform(selection, transformOf(view))
    },
    show: (view: View) => behaviour.transform(selection, transformOf(view)),
    enlarge: (factor: number, around?: [number, number]) => behaviour.scaleBy(selection, factor, around),
    move: (x: number, y: number) =>
      behaviour.translateBy(selection, x / zoomTransform(canvas).k, y / zoomTransform(canvas).k),
  }
}

export type Gestures = ReturnType<typeof gestures>
