import { useEffect, useRef, useState } from 'preact/hooks'
import type { Colouring } from './colouring'
import { type Gestures, gestures, type Tool } from './gestures'
import type { Rows } from './rows'
import { Scatter } from './scatter'
import { type View, wholeMap } from './state'
import { Tip } from './tip'

/** Milliseconds in which points move to new places, and how many do at most. */
const [glide, mostMoving] = [600, 5000]
/** Pixels of the keyboard's steps, and of its circle. */
const [step, circle] = [24, 40]

export interface MapProps {
  readonly rows: Rows
  readonly colouring: Colouring
  readonly chosen: Int32Array | null
  /** A row that is pointed at elsewhere. */
  readonly pointed: number | null
  readonly tool: Tool
  readonly view: View
  onTool(tool: Tool): void
  onView(view: View): void
  onRows(rows: readonly number[], more: boolean): void
  onLasso(corners: readonly (readonly [number, number])[]): void
  onClear(): void
  tell(text: string): void
}

const keys =
  'Arrow keys move a cross, which names the row that is nearest. Enter selects that row, and with Shift all rows near the cross. ' +
  'Shift with arrow keys moves the map, plus and minus enlarge it, 0 shows all of it, L turns the lasso on and off, Escape selects nothing.'

/** The map: every row is a point. */
export function MapView(props: MapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [scatter, setScatter] = useState<Scatter | null>(null)
  const hands = useRef<Gestures | null>(null)
  const [way, setWay] = useState<readonly (readonly [number, number])[]>([])
  const [cross, setCross] = useState<[number, number] | null>(null)
  const [hovered, setHovered] = useState<{ row: number; x: number; y: number } | null>(null)
  const [turn, setTurn] = useState(0)
  // Listeners are set once, and see what is so when they are called.
  const now = useRef(props)
  now.current = props

  useEffect(() => {
    const made = new Scatter(canvas.current!, props.rows)
    hands.current = gestures(canvas.current!, made, {
      tool: () => now.current.tool,
      view: (view) => now.current.onView(view),
      point: (x, y) => {
        const row = made.nearest(x, y)
        setHovered(row === null ? null : { row, x, y })
      },
      leave: () => setHovered(null),
      pick: (x, y, more) => {
        const row = made.nearest(x, y)
        if (row !== null) now.current.onRows([row], more)
        else if (!more) now.current.onClear()
      },
      lasso: (drawn, done) => {
        setWay(done ? [] : [...drawn])
        setHovered(null)
        if (done && drawn.length > 2) now.current.onLasso(drawn.map(([x, y]) => made.place(x, y)))
      },
    })
    const fit = () => {
      made.resize()
      hands.current!.resize(now.current.view)
      setTurn((count) => count + 1)
    }
    const sizes = new ResizeObserver(fit)
    sizes.observe(canvas.current!)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const redraw = () => setTurn((count) => count + 1)
    dark.addEventListener('change', redraw)
    setScatter(made)
    return () => {
      sizes.disconnect()
      dark.removeEventListener('change', redraw)
    }
  }, [])
  useEffect(() => {
    if (!scatter) return
    const from = scatter.places
    scatter.show(props.rows)
    setHovered(null)
    const many = props.rows.count
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (from.x === props.rows.x || from.x.length !== many || many > mostMoving || still) return
    let frame = 0
    const began = performance.now()
    const go = () => {
      const share = Math.min(1, (performance.now() - began) / glide)
      scatter.between(from, share)
      setTurn((count) => count + 1)
      if (share < 1) frame = requestAnimationFrame(go)
    }
    go()
    return () => cancelAnimationFrame(frame)
  }, [scatter, props.rows])

  const pointed = hovered?.row ?? props.pointed
  const { colouring, chosen, view } = props
  useEffect(() => {
    if (!scatter) return
    const frame = requestAnimationFrame(() => {
      scatter.view = view
      scatter.draw({ colouring, chosen, pointed, lasso: way, cross })
    })
    return () => cancelAnimationFrame(frame)
  }, [scatter, colouring, chosen, pointed, way, cross, view, turn])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!scatter || event.ctrlKey || event.metaKey || event.altKey) return
    const way = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const)[event.key]
    const [x, y] = cross ?? [scatter.width / 2, scatter.height / 2]
    const run = way
      ? () =>
          event.shiftKey
            ? hands.current!.move(-2 * step * way[0], -2 * step * way[1])
            : go(x + step * way[0], y + step * way[1])
      : {
          '+': () => hands.current!.enlarge(1.5, cross ?? undefined),
          '=': () => hands.current!.enlarge(1.5, cross ?? undefined),
          '-': () => hands.current!.enlarge(1 / 1.5, cross ?? undefined),
          0: () => hands.current!.show(wholeMap),
          l: () => props.onTool(props.tool === 'lasso' ? 'move' : 'lasso'),
          Escape: () => props.onClear(),
          Enter: () =>
            event.shiftKey
              ? props.onRows(scatter.near(x, y, circle), true)
              : hovered && props.onRows([hovered.row], true),
        }[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }
  const go = (x: number, y: number) => {
    if (!scatter) return
    const place: [number, number] = [Math.min(scatter.width, Math.max(0, x)), Math.min(scatter.height, Math.max(0, y))]
    setCross(place)
    const row = scatter.nearest(...place, circle)
    setHovered(row === null ? null : { row, x: place[0], y: place[1] })
    props.tell(row === null ? 'no row is near' : `${props.rows.shownName(row)}, ${clusterOf(props.rows, row)}`)
  }

  return (
    <div class="map">
      <div
        class="field"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by the keys that its description tells.
        tabIndex={0}
        aria-label={`Map of ${props.rows.count} rows, coloured by ${colouring.title}`}
        aria-describedby="map-keys"
        onKeyDown={onKeyDown}
        onBlur={() => {
          setCross(null)
          setHovered(null)
        }}
      >
        <canvas ref={canvas} class={props.tool} />
      </div>
      <p id="map-keys" class="unseen">
        {keys}
      </p>
      <div class="corner">
        <button type="button" aria-label="Enlarge" title="Enlarge (+)" onClick={() => hands.current!.enlarge(1.5)}>
          +
        </button>
        <button
          type="button"
          aria-label="Make smaller"
          title="Make smaller (−)"
          onClick={() => hands.current!.enlarge(1 / 1.5)}
        >
          −
        </button>
        <button
          type="button"
          aria-label="Whole map"
          title="Whole map (0)"
          onClick={() => hands.current!.show(wholeMap)}
        >
          ⤢
        </button>
      </div>
      {hovered && scatter && <Tip rows={props.rows} at={hovered} room={[scatter.width, scatter.height]} />}
    </div>
  )
}

const clusterOf = (rows: Rows, row: number) => rows.clusters.get(rows.labels[row])?.name ?? ''
