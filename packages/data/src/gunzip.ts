import { DataError, fileReason, hasNodeModule, nodeModule, quoted } from '@dc/core/plugin'

/** The unpacked bytes of a gzip file, all its members; checksums are verified. */
export function unpacked(packed: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  return hasNodeModule('node:zlib') ? byNode(packed, path) : byLibrary(packed, path)
}

async function* byNode(packed: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const { createGunzip } = nodeModule<typeof import('node:zlib')>('node:zlib', 'Unpacking')
  const { Readable } = nodeModule<typeof import('node:stream')>('node:stream', 'Unpacking')
  const { pipeline } = nodeModule<typeof import('node:stream/promises')>('node:stream/promises', 'Unpacking')
  const gunzip = createGunzip({ chunkSize: 1 << 17 })
  // The loop below meets this error too.
  pipeline(Readable.from(packed), gunzip).catch(() => {})
  try {
    yield* gunzip
  } catch (error) {
    throw notWhole(path, error)
  }
}

/** In a page. One piece of the packed bytes becomes at most 1,000 times as many, so pieces are small. */
export async function* byLibrary(packed: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const { Inflate } = await import('pako')
  let found: Uint8Array[] = []
  const member = () => Object.assign(new Inflate(), { onData: (part: Uint8Array) => void found.push(part) })
  let open: ReturnType<typeof member> | null = member()
  for await (const piece of packed) {
    for (let at = 0; at < piece.length; ) {
      // Between members zeros may stand, to the end of a tape's block.
      if (open === null && piece[at] === 0) {
        at++
        continue
      }
      open ??= member()
      const part = piece.subarray(at, at + pieceBytes)
      open.push(part, false)
      if (open.err) throw notWhole(path, open.msg || 'its bytes are no gzip')
      const { ended, strm } = open as unknown as State
      at += part.length - (ended ? strm.avail_in : 0)
      if (ended) open = null
      yield* found
      found = []
    }
  }
  if (open !== null) throw notWhole(path, 'it ends too early')
}

const pieceBytes = 1 << 16

/** What pako's types leave out: whether a member has ended, and how much of the input was not needed. */
interface State {
  readonly ended: boolean
  readonly strm: { readonly avail_in: number }
}

function notWhole(path: string, error: unknown): DataError {
  if (DataError.isInstance(error)) return error
  return new DataError(`${quoted(path)} is not a whole gzip file: ${fileReason(error)}.`, { path }, error)
}
