/** A value of Thrift's compact protocol: numbers, truth values, bytes, lists, structs. */
export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct
/** Values by field number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>

/** Deepest nesting that is read; structures of Parquet are nested a few levels deep. */
const deepest = 32

/**
 * Reads one struct of Thrift's compact protocol, in which Parquet writes its footer and page headers. For any bytes, time and
 * memory are in proportion to their number.
 *
 * @returns the struct, and the position where it ends; integers beyond 2^53 are rounded
 * @throws Error if the bytes are no such struct
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readStruct(bytes: Uint8Array, start: number): { struct: ThriftStruct; end: number } {
  const reader = new Reader(bytes, start)
  return { struct: reader.struct(0), end: reader.at }
}

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  struct(depth: number): ThriftStruct {
    if (depth > deepest) throw new Error('a Thrift struct is nested too deep')
    const fields = new Map<number, ThriftValue>()
    for (let id = 0; ; ) {
      const head = this.byte()
      if (head === 0) return fields
      id = head >> 4 ? id + (head >> 4) : this.integer()
      fields.set(id, this.value(head & 15, depth))
    }
  }

  private value(type: number, depth: number): ThriftValue {
    if (type === 1 || type === 2) return type === 1
    if (type === 3) return this.byte()
    if (type >= 4 && type <= 6) return this.integer()
    if (type === 7) return this.skip(8)[0]
    if (type === 8) return this.skip(this.varint())
    if (type === 9) return this.list(depth)
    if (type === 12) return this.struct(depth + 1)
    throw new Error(`Thrift type ${type} does not occur in Parquet`)
  }

  private list(depth: number): ThriftValue[] {
    if (depth > deepest) throw new Error('a Thrift list is nested too deep')
    const head = this.byte()
    const [size, type] = [head >> 4 === 15 ? this.varint() : head >> 4, head & 15]
    // Every element takes at least one byte.
    if (size > this.bytes.length - this.at) throw new Error(`a Thrift list has ${size} elements but ends before`)
    const truth = type === 1 || type === 2
    return Array.from({ length: size }, () => (truth ? this.byte() === 1 : this.value(type, depth + 1)))
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw new Error('a Thrift struct ends before its end')
    return this.bytes[this.at++]
  }

  private skip(count: number): Uint8Array {
    if (count > this.bytes.length - this.at) throw new Error('a Thrift struct ends before its end')
    return this.bytes.subarray(this.at, (this.at += count))
  }

  private integer(): number {
    const zigzag = this.varint()
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  }

  private varint(): number {
    for (let [value, scale, count] = [0, 1, 0]; count < 10; count++, scale *= 128) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw new Error('a Thrift integer is too long')
  }
}

/** Writes a struct whose fields are integers, truth values or such structs, in the order of their numbers. */
export function writeStruct(fields: readonly (readonly [number, number | boolean | WrittenFields])[]): Uint8Array {
  const bytes: number[] = []
  let last = 0
  for (const [id, value] of fields) {
    const type = typeof value === 'number' ? 5 : typeof value === 'boolean' ? (value ? 1 : 2) : 12
    bytes.push(((id - last) << 4) | type)
    last = id
    if (typeof value === 'number') {
      // Counts and sizes are below 2^31, so their double fits an unsigned 32-bit number.
      let left = value * 2
      for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128)
      bytes.push(left)
    } else if (typeof value !== 'boolean') for (const byte of writeStruct(value)) bytes.push(byte)
  }
  return Uint8Array.from([...bytes, 0])
}
type WrittenFields = readonly (readonly [number, number | boolean])[]
