import { DataError, quoted } from '@dc/core/plugin'
import { inMemory, tooLarge } from './unpacking'

/** Bytes that arrive in pieces and are taken in exact amounts. No memory is allocated for bytes that cannot come. */
export class ByteStream {
  private readonly pieces: AsyncIterator<Uint8Array, unknown, undefined>
  private piece = new Uint8Array(0)
  private taken = 0

  /**
   * @param name of the file, for messages
   * @param most an upper bound on the bytes that can come: the file's size, or the most that its compressed bytes can become
   * @param limit the number of bytes that may come
   */
  constructor(
    readonly name: string,
    pieces: AsyncIterable<Uint8Array>,
    private readonly most: number,
    private readonly limit = Number.POSITIVE_INFINITY,
  ) {
    this.pieces = pieces[Symbol.asyncIterator]()
  }

  /** An upper bound on the bytes that can still come. */
  get left(): number {
    return this.most - this.taken
  }

  /**
   * The next bytes, in a buffer of their own.
   *
   * @param what they are, for messages: `its header`
   * @throws DataError if there are fewer, or more than may come, or more than memory holds
   */
  async take(count: number, what: string): Promise<Uint8Array<ArrayBuffer>> {
    const buffer = await this.takeBuffer(count, what)
    return inMemory(this.name, () => new Uint8Array(buffer))
  }

  /** The same, of any length: a `Uint8Array` ends at 4 GiB in Node 20, an array of longer numbers does not. */
  async takeBuffer(count: number, what: string): Promise<ArrayBuffer> {
    if (count > this.left) throw this.tooShort(count, this.left, what)
    if (this.taken + count > this.limit) throw tooLarge(this.name, this.limit)
    const buffer = inMemory(this.name, () => new ArrayBuffer(count))
    for (let at = 0; at < count; ) {
      if (this.piece.length === 0 && !(await this.next())) throw this.tooShort(count, at, what)
      const part = this.piece.subarray(0, count - at)
      new Uint8Array(buffer, at, part.length).set(part)
      at += part.length
      this.piece = this.piece.subarray(part.length)
    }
    this.taken += count
    return buffer
  }

  /** All remaining bytes, as they arrive. */
  async *pieceByPiece(): AsyncGenerator<Uint8Array> {
    while (this.piece.length > 0 || (await this.next())) {
      const { piece } = this
      this.piece = new Uint8Array(0)
      this.taken += piece.length
      yield piece
    }
  }

  /** All remaining bytes, whatever their number. */
  async rest(): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = []
    let count = 0
    for await (const part of this.pieceByPiece()) {
      parts.push(part)
      count += part.length
    }
    const bytes = inMemory(this.name, () => new Uint8Array(count))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }

  /**
   * Checks that no byte follows, by reading on.
   *
   * @param what came before, for messages
   * @throws DataError if one does
   */
  async end(what: string): Promise<void> {
    if (this.piece.length > 0 || (await this.next()))
      throw new DataError(`${quoted(this.name)} goes on after ${what}.`, { path: this.name })
  }

  /** Frees what the pieces come from. It may be called twice. */
  async close(): Promise<void> {
    await this.pieces.return?.()
  }

  private async next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.pieces.next()
      if (done) return false
      if (value.length === 0) continue
      this.piece = value as Uint8Array<ArrayBuffer>
      return true
    }
  }

  private tooShort(asked: number, found: number, what: string): DataError {
    return new DataError(
      `${quoted(this.name)} ends inside ${what}: ${asked} bytes are asked for, ${found} are there.`,
      {
        path: this.name,
        asked,
        found,
      },
    )
  }
}
