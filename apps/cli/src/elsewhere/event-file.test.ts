import { describe, expect, it } from 'vitest'
import { crc32c, eventFile } from './event-file'

describe('crc32c', () => {
  it.each([
    // RFC 3720, appendix B.4
    ['32 bytes of 0', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of 255', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 … 31', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    ['the check of all such sums', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('%s', (_, data, sum) => expect(crc32c(data)).toBe(sum))
})

describe('an event file', () => {
  it('is the bytes that TensorBoard writes for the same events', () => {
    const file = eventFile([{ tag: 'loss', step: 300, value: 0.5, time: 1.5 }], 1)
    // By its RecordWriter and Event messages, tensorboard 2.21.
    const theirs =
      '1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a' +
      '1b000000000000001a0d9e1309000000000000f83f10ac022a0d0a0b0a046c6f7373150000003f69f9315b'
    expect(Buffer.from(file).toString('hex')).toBe(theirs)
  })

  it('leaves out what is no number', () => {
    const empty = eventFile([], 0).length
    const none = [Number.NaN, Number.POSITIVE_INFINITY].map((value) => ({ tag: 'a', step: 1, value, time: 0 }))
    expect(eventFile(none, 0).length).toBe(empty)
  })
})
