import { hasNodeModule, nodeModule } from '@dc/core/plugin'

/** Unpacks a page of known unpacked length. */
export type Codec = (bytes: Uint8Array, length: number) => Uint8Array

/** The codec of each compression. A library is loaded when its codec is asked for. */
const codecs: Readonly<Record<string, () => Promise<Codec>>> = {
  UNCOMPRESSED: async () => (bytes) => bytes,
  SNAPPY: async () => {
    const snappy = (await import('hyparquet-compressors')).compressors.SNAPPY!
    return (bytes, length) => {
      // The decoder writes as many bytes as the block says, wherever that ends.
      if (snappyLength(bytes) !== length) throw new Error('a page is not as long as its header says')
      return snappy(bytes, length)
    }
  },
  GZIP: () => byNode('gunzipSync', 'GZIP'),
  BROTLI: () => byNode('brotliDecompressSync', 'BROTLI'),
  LZ4: async () => (await import('hyparquet-compressors')).decompressLz4,
  LZ4_RAW: async () => (await import('hyparquet-compressors')).decompressLz4Raw,
  ZSTD: async () => {
    const { ZSTDDecoder } = await import('zstddec')
    const decoder = new ZSTDDecoder()
    await decoder.init()
    return (bytes, length) => (length === 0 ? new Uint8Array(0) : decoder.decode(bytes, length))
  },
}

/** Node's own function, which is native; in a page that of a library. */
async function byNode(name: 'gunzipSync' | 'brotliDecompressSync', other: 'GZIP' | 'BROTLI'): Promise<Codec> {
  if (!hasNodeModule('node:zlib')) return (await import('hyparquet-compressors')).compressors[other]!
  const unpack = nodeModule<typeof import('node:zlib')>('node:zlib', 'Unpacking')[name]
  return (bytes, length) => unpack(bytes, { maxOutputLength: Math.max(length, 1) })
}

/**
 * The decompression that a column's pages need.
 *
 * @throws Error naming the compression if there is none
 */
export async function codecOf(name: string): Promise<Codec> {
  if (!Object.hasOwn(codecs, name))
    throw new Error(`it is compressed by ${name}; read are ${Object.keys(codecs).join(', ')}`)
  const unpack = await codecs[name]()
  return (bytes, length) => {
    const page = unpack(bytes, length)
    if (page.length !== length) throw new Error(`a page has ${page.length} bytes where its header says ${length}`)
    return page
  }
}

/** The unpacked length that a Snappy block states. */
function snappyLength(bytes: Uint8Array): number {
  for (let [value, scale, i] = [0, 1, 0]; i < Math.min(bytes.length, 5); i++, scale *= 128) {
    value += (bytes[i] & 127) * scale
    if (bytes[i] < 128) return value
  }
  throw new Error('a Snappy block does not say its length')
}
