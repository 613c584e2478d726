/** Changes Markdown everywhere but in its fenced blocks. */
export function outsideFences(text: string, change: (piece: string) => string): string {
  const pieces = text.split(/^((?:```|~~~)[\s\S]*?^(?:```|~~~)[^\S\n]*$)/m)
  return pieces.map((piece, at) => (at % 2 === 0 ? change(piece) : piece)).join('')
}
