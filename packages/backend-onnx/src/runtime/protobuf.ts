/** Writes protocol buffers: https://protobuf.dev/programming-guides/encoding. Grows one buffer, no intermediate copies. */
export class ProtobufWriter {
  private bytes = new Uint8Array(1024)
  private length = 0

  /** A varint field (wire type 0). Negative numbers take ten bytes, as int64 does. */
  int(field: number, value: number | bigint): void {
    this.varint(field << 3)
    this.varint(value)
  }

  /** A 32-bit float field (wire type 5). */
  float(field: number, value: number): void {
    this.varint((field << 3) | 5)
    this.reserve(4)
    new DataView(this.bytes.buffer).setFloat32(this.length, value, true)
    this.length += 4
  }

  /** A UTF-8 text field (wire type 2). */
  string(field: number, value: string): void {
    this.raw(field, new TextEncoder().encode(value))
  }

  /** A bytes field (wire type 2). */
  raw(field: number, value: Uint8Array): void {
    this.varint((field << 3) | 2)
    this.varint(value.byteLength)
    this.reserve(value.byteLength)
    this.bytes.set(value, this.length)
    this.length += value.byteLength
  }

  /** A nested message (wire type 2), written by a function. */
  message(field: number, write: (inner: ProtobufWriter) => void): void {
    const inner = new ProtobufWriter()
    write(inner)
    this.raw(field, inner.finish())
  }

  /** Packed varints (wire type 2). */
  packedInts(field: number, values: readonly number[]): void {
    this.message(field, (inner) => {
      for (const value of values) inner.varint(value)
    })
  }

  /** Packed 32-bit floats (wire type 2). */
  packedFloats(field: number, values: readonly number[]): void {
    this.raw(field, new Uint8Array(Float32Array.from(values).buffer))
  }

  /** The bytes written so far; a view, valid until the next write. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  private varint(value: number | bigint): void {
    this.reserve(10)
    if (typeof value === 'number' && value >= 0 && value < 0x8000_0000) {
      let rest = value
      while (rest > 127) {
        this.bytes[this.length++] = (rest & 127) | 128
        rest >>>= 7
      }
      this.bytes[this.length++] = rest
      return
    }
    let rest = BigInt.asUintN(64, BigInt(value))
    while (rest > 127n) {
      this.bytes[this.length++] = Number(rest & 127n) | 128
      rest >>= 7n
    }
    this.bytes[this.length++] = Number(rest)
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}
