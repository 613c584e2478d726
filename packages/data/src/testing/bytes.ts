// Files made by hand, for tests, also ones that no program writes.
import { deflateRawSync } from 'node:zlib'
import { crc32 } from '../formats/crc32'

const utf8 = new TextEncoder()

/** A `.npy` file with any header. */
export function npyFile(header: string | Uint8Array, body: ArrayBufferView | ArrayBuffer, version = 1): Uint8Array {
  const text = typeof header === 'string' ? utf8.encode(header) : header
  const prefix = version === 1 ? 10 : 12
  const bytes = new Uint8Array(prefix + text.length + body.byteLength)
  bytes.set([0x93, ...utf8.encode('NUMPY'), version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, text.length, true)
  else view.setUint32(8, text.length, true)
  bytes.set(text, prefix)
  bytes.set(bytesOf(body), prefix + text.length)
  return bytes
}

/** A `.npy` file as NumPy writes it. */
export function npy(descr: string, shape: string, body: ArrayBufferView | ArrayBuffer, fortran = 'False'): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`
  return npyFile(`${text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11)}\n`, body)
}

function bytesOf(body: ArrayBufferView | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body)
}

/** An IDX file. */
export function idx(type: number, shape: readonly number[], body: readonly number[]): Uint8Array {
  const sides = shape.flatMap((side) => [side >>> 24, (side >> 16) & 255, (side >> 8) & 255, side & 255])
  return Uint8Array.from([0, 0, type, shape.length, ...sides, ...body])
}

/** A member of a ZIP archive, and false entries for its headers. */
export interface ZipMember {
  readonly name: string
  readonly data: Uint8Array
  readonly method?: number
  readonly flags?: number
  readonly packed?: Uint8Array
  readonly crc?: number
  readonly size?: number
  readonly packedSize?: number
  readonly offset?: number
  readonly localName?: string
}

/** A ZIP archive. With `long`, all sizes and places stand in ZIP64 fields. */
export function zip(
  members: readonly ZipMember[],
  { long = false, comment = '', count = members.length } = {},
): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  const put = (list: Uint8Array[], ...pieces: Uint8Array[]) => list.push(...pieces)
  for (const member of members) {
    const { name, data, method = 0, flags = 0 } = member
    const packed = member.packed ?? (method === 8 ? deflateRawSync(data) : data)
    const { crc = crc32(data), size = data.length, packedSize = packed.length, offset = at } = member
    const [file, own] = [utf8.encode(name), utf8.encode(member.localName ?? name)]
    const local = numbers(
      [4, 0x04034b50],
      [2, 45],
      [2, flags],
      [2, method],
      [4, 0],
      [4, crc],
      [4, packedSize],
      [4, size],
      [2, own.length],
      [2, 0],
    )
    put(parts, local, own, packed)
    const extra = long ? numbers([2, 1], [2, 24], [8, size], [8, packedSize], [8, offset]) : new Uint8Array(0)
    const of = (value: number) => (long ? 0xffffffff : value)
    const entry = numbers(
      [4, 0x02014b50],
      [2, 45],
      [2, 45],
      [2, flags],
      [2, method],
      [4, 0],
      [4, crc],
      [4, of(packedSize)],
      [4, of(size)],
      [2, file.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, of(offset)],
    )
    put(directory, entry, file, extra)
    at += local.length + own.length + packed.length
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const text = utf8.encode(comment)
  const end64 = numbers(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, at],
  )
  const locator = numbers([4, 0x07064b50], [4, 0], [8, at + length], [4, 1])
  const [n, l, a] = long ? [0xffff, 0xffffffff, 0xffffffff] : [count, length, at]
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, n], [2, n], [4, l], [4, a], [2, text.length])
  return Buffer.concat([...parts, ...directory, ...(long ? [end64, locator] : []), end, text])
}

/** Little-endian numbers, each with its length in bytes. */
function numbers(...fields: readonly (readonly [number, number])[]): Uint8Array {
  const bytes: number[] = []
  for (const [width, value] of fields)
    for (let i = 0; i < width; i++) bytes.push(Number((BigInt(value) >> BigInt(8 * i)) & 255n))
  return Uint8Array.from(bytes)
}

/** A member of a tar archive. */
export interface TarMember {
  readonly name: string
  readonly text?: string
  /** `0` a file, `1` and `2` links, `5` a folder, `L` a GNU long name, `x` a pax header. */
  readonly type?: string
  readonly link?: string
  readonly size?: number
  /** The magic of the header; before POSIX there was none. */
  readonly magic?: string
}

/** A tar archive; `end: false` leaves out the zeros that end it. */
export function tar(members: readonly TarMember[], { end = true } = {}): Buffer {
  const parts = members.map(({ name, text = '', type = '0', link = '', size, magic = 'ustar\x0000' }) => {
    const data = Buffer.from(text)
    const header = Buffer.alloc(512)
    header.write(name, 0, 100)
    header.write('0000644\x000000000\x000000000\x00', 100)
    header.write((size ?? data.length).toString(8).padStart(11, '0'), 124)
    header.write('00000000000', 136)
    header.write(`        ${type}`, 148)
    header.write(link, 157, 100)
    header.write(magic, 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)])
  })
  return Buffer.concat([...parts, Buffer.alloc(end ? 1024 : 0)])
}

/** A pax record, `11 path=a\n`, whose length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = Buffer.byteLength(rest)
  while (length !== Buffer.byteLength(`${length}${rest}`)) length = Buffer.byteLength(`${length}${rest}`)
  return `${length}${rest}`
}
