import { DataError } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { ByteStream } from './byte-stream'

async function* of(...pieces: number[][]) {
  for (const piece of pieces) yield Uint8Array.from(piece)
}

describe('ByteStream', () => {
  it('takes what is asked for across pieces, each time in a buffer of its own', async () => {
    const stream = new ByteStream('a', of([1, 2], [], [3], [4, 5, 6]), 6)
    const [two, three] = [await stream.take(1, 'x'), await stream.take(4, 'x')]
    expect([[...two], [...three], stream.left]).toEqual([[1], [2, 3, 4, 5], 1])
    expect([three.byteOffset, three.buffer.byteLength]).toEqual([0, 4])
    expect([...(await stream.rest())]).toEqual([6])
    await expect(stream.end('all')).resolves.toBeUndefined()
  })

  it('says what is missing or too much', async () => {
    await expect(new ByteStream('a', of([1, 2]), 2).take(3, 'its header')).rejects.toThrow(
      "'a' ends inside its header: 3 bytes are asked for, 2 are there.",
    )
    // Here the end is not known before.
    await expect(new ByteStream('a', of([1, 2]), 9).take(3, 'its header')).rejects.toThrow(/3 bytes .* 2 are there/)
    await expect(new ByteStream('a', of([1]), 1).end('its header')).rejects.toThrow(/goes on after its header/)
  })

  it('asks for no memory that there is not', async () => {
    const most = Number.MAX_SAFE_INTEGER
    await expect(new ByteStream('a', of([1]), most).take(most, 'x')).rejects.toThrow(DataError)
  })

  it('closes what the pieces come from', async () => {
    let open = true
    const pieces = (async function* () {
      try {
        yield Uint8Array.of(1)
        yield Uint8Array.of(2)
      } finally {
        open = false
      }
    })()
    const stream = new ByteStream('a', pieces, 2)
    await stream.take(1, 'x')
    await stream.close()
    await stream.close()
    expect(open).toBe(false)
  })
})
