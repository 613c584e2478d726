/** A name that wants a place on a map. */
export interface WantedName {
  /** Where its middle should be, in pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Directions in which a place is looked for. */
const directions = 24

/**
 * The middles of names on a map: as near as possible to where they belong, inside the map, and none over another. The first
 * names choose first. Only where there is no room left is a name put where it lies over the others least.
 *
 * @param map its size in pixels
 * @param options.margin pixels that stay free at the sides and between names
 * @param options.rings how far a place is looked for: half a line's height each
 */
export function placeNames(
  names: readonly WantedName[],
  { width: wide, height: high }: { readonly width: number; readonly height: number },
  { margin = 3, rings = 40 } = {},
): [x: number, y: number][] {
  const taken: WantedName[] = []
  return names.map((name) => {
    const { width, height } = name
    const inside = (value: number, size: number, side: number) => {
      const least = margin + size / 2
      return Math.min(Math.max(value, least), Math.max(least, side - least))
    }
    let best: WantedName | undefined
    let least = Number.POSITIVE_INFINITY
    for (let ring = 0; ring < rings && least > 0; ring++)
      for (let turn = 0; turn < (ring === 0 ? 1 : directions) && least > 0; turn++) {
        const angle = (2 * Math.PI * turn) / directions
        // A step is half a line high.
        const far = (ring * height) / 2
        const tried = {
          x: inside(name.x + far * Math.cos(angle), width, wide),
          y: inside(name.y + far * Math.sin(angle), height, high),
          ...{ width, height },
        }
        const over = taken.reduce((sum, other) => sum + overlap(tried, other, margin), 0)
        if (over < least) [best, least] = [tried, over]
      }
    taken.push(best!)
    return [best!.x, best!.y]
  })
}

/** Pixels in which one name lies over another. */
function overlap(a: WantedName, b: WantedName, margin: number): number {
  const wide = (a.width + b.width) / 2 + margin - Math.abs(a.x - b.x)
  const high = (a.height + b.height) / 2 + margin - Math.abs(a.y - b.y)
  return wide > 0 && high > 0 ? wide * high : 0
}
