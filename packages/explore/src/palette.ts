// Ten colours of similar lightness (Observable 10). They differ for the common kinds of colour blindness, on light and dark
// ground. Beyond ten they are darker, but not so dark that they are lost on dark ground. Clusters also carry their name on the map, so that no reader depends on colour
// alone.
const base = [
  '#4269d0',
  '#efb118',
  '#ff725c',
  '#6cc5b0',
  '#3ca951',
  '#ff8ab7',
  '#a463f2',
  '#97bbf5',
  '#9c6b4e',
  '#9498a0',
]

/** The colour of a class or cluster. */
export function colour(index: number): string {
  const round = Math.floor(index / base.length)
  const plain = base[index % base.length]
  if (round === 0) return plain
  return shade(plain, round % 2 === 1 ? 0.74 : 0.87)
}

function shade(hex: string, factor: number): string {
  const part = (at: number) => {
    const value = Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * factor)
    return value.toString(16).padStart(2, '0')
  }
  return `#${part(1)}${part(3)}${part(5)}`
}
