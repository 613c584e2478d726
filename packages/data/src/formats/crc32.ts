// tables[k][byte]: the contribution of a byte to the checksum k bytes later.
const tables = Array.from({ length: 4 }, () => new Uint32Array(256))
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  tables[0][byte] = value
}
for (let byte = 0; byte < 256; byte++)
  for (let k = 1; k < 4; k++) {
    const before = tables[k - 1][byte]
    tables[k][byte] = (before >>> 8) ^ tables[0][before & 255]
  }

/**
 * CRC-32, as in ZIP, gzip and PNG, of bytes that come in pieces. The checksum of `123456789` is 0xcbf43926.
 *
 * @param before the checksum of the pieces that came first
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [one, two, three, four] = tables
  let value = ~before
  let at = 0
  for (const end = bytes.length - 3; at < end; at += 4) {
    value ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    value = four[value & 255] ^ three[(value >>> 8) & 255] ^ two[(value >>> 16) & 255] ^ one[value >>> 24]
  }
  for (; at < bytes.length; at++) value = one[(value ^ bytes[at]) & 255] ^ (value >>> 8)
  return ~value >>> 0
}
