/** Discs in each colour of a list, drawn once and then copied to where points are. */
export function dots(shades: readonly string[], radius: number) {
  const ratio = window.devicePixelRatio || 1
  const half = Math.ceil(radius) + 1
  const drawn = new Map<number, HTMLCanvasElement>()
  const make = (shade: number) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = Math.ceil(2 * half * ratio)
    const context = canvas.getContext('2d')!
    context.scale(canvas.width / (2 * half), canvas.width / (2 * half))
    context.fillStyle = shades[shade] ?? '#9498a0'
    context.arc(half, half, radius, 0, 2 * Math.PI)
    context.fill()
    drawn.set(shade, canvas)
    return canvas
  }
  return { half, of: (shade: number) => drawn.get(shade) ?? make(shade) }
}
