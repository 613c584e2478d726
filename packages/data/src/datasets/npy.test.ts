import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { numberToFloat16 } from '@dc/core/plugin'
import { afterAll, describe, expect, it } from 'vitest'
import { npy } from '../testing/bytes'
import { loadNpy } from './npy'

const folder = mkdtempSync(join(tmpdir(), 'dc-npy-set-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function file(descr: string, shape: string, body: ArrayBufferView | ArrayBuffer, fortran?: string): string {
  const path = join(folder, `${count++}.npy`)
  writeFileSync(path, npy(descr, shape, body, fortran))
  return path
}
const halves = (...values: number[]) => Uint16Array.from(values, numberToFloat16)
const two = file('<f4', '(2, 2)', Float32Array.of(1, 2, 3, 4))

describe('loadNpy', () => {
  it('reads features of any type of number as they are', async () => {
    const cases: [string, ArrayBufferView][] = [
      ['<f2', halves(1, -2, 0.5, 3)],
      ['<f4', Float32Array.of(1, -2, 0.5, 3)],
      ['<f8', Float64Array.of(1, -2, 0.5, 3)],
    ]
    for (const [descr, body] of cases)
      expect([...(await loadNpy(file(descr, '(2, 2)', body))).values]).toEqual([1, -2, 0.5, 3])
    const whole: [string, ArrayBufferView][] = [
      ['|i1', Int8Array.of(1, 2, 3, 100)],
      ['<i2', Int16Array.of(1, 2, 3, 100)],
      ['<i4', Int32Array.of(1, 2, 3, 100)],
      ['<i8', BigInt64Array.of(1n, 2n, 3n, 100n)],
      ['|u1', Uint8Array.of(1, 2, 3, 100)],
      ['<u2', Uint16Array.of(1, 2, 3, 100)],
      ['<u4', Uint32Array.of(1, 2, 3, 100)],
      ['<u8', BigUint64Array.of(1n, 2n, 3n, 100n)],
    ]
    for (const [descr, body] of whole)
      expect([...(await loadNpy(file(descr, '(2, 2)', body))).values], descr).toEqual([1, 2, 3, 100])
    expect([...(await loadNpy(file('|b1', '(2, 2)', Uint8Array.of(1, 0, 0, 1)))).values]).toEqual([1, 0, 0, 1])
    // x.T, as NumPy saves it.
    expect([...(await loadNpy(file('<f4', '(2, 2)', Float32Array.of(1, 2, 3, 4), 'True'))).values]).toEqual([
      1, 3, 2, 4,
    ])
  })

  it('does not read a file of float32 twice', async () => {
    const dataset = await loadNpy(two)
    expect(dataset.values.buffer.byteLength).toBe(16)
  })

  it('keeps integers apart that float32 would merge', async () => {
    const seconds = await loadNpy(file('<i4', '(2, 1)', Int32Array.of(1748735999, 1748736001)))
    expect(seconds.values[1] - seconds.values[0]).toBe(2)
    const ids = await loadNpy(file('<i8', '(2, 1)', BigInt64Array.of(2n ** 53n, 2n ** 53n + 1n)))
    expect(ids.values[1] - ids.values[0]).toBe(1)
  })

  it('makes images of bytes 0…1, and takes only colours for colours', async () => {
    const grey = await loadNpy(file('|u1', '(2, 1, 2)', Uint8Array.of(0, 51, 255, 0)))
    expect([grey.sampleShape, grey.image]).toEqual([[1, 2, 1], { height: 1, width: 2, channels: 1, range: [0, 1] }])
    expect([...grey.values]).toEqual([0, Math.fround(0.2), 1, 0])
    const colour = await loadNpy(file('|u1', '(1, 2, 1, 3)', Uint8Array.of(255, 0, 0, 0, 0, 255)))
    expect([colour.sampleShape, colour.image?.channels, colour.values[5]]).toEqual([[2, 1, 3], 3, 1])
    const mask = await loadNpy(file('|b1', '(1, 2, 2)', Uint8Array.of(0, 1, 1, 0)))
    expect([[...mask.values], mask.image?.range]).toEqual([
      [0, 1, 1, 0],
      [0, 1],
    ])
    const rgba = await loadNpy(file('|u1', '(1, 2, 1, 4)', new Uint8Array(8).fill(255)))
    expect([rgba.image, rgba.values[0]]).toEqual([undefined, 1])
    // Other types are no pixels: tokens of a transformer, series.
    const tokens = await loadNpy(file('<f4', '(1, 2, 3)', Float32Array.of(1, 2, 3, 4, 5, 255)))
    expect([tokens.sampleShape, tokens.image, tokens.values[5]]).toEqual([[2, 3, 1], undefined, 255])
  })

  it('refuses arrays whose samples are not clear', async () => {
    await expect(loadNpy(file('<f4', '(4,)', new Float32Array(4)))).rejects.toThrow(
      /shape \[4\]; samples need \[n, d\]. Save x.reshape\(-1, 1\)/,
    )
    await expect(loadNpy(file('<f4', '()', new Float32Array(1)))).rejects.toThrow(/samples need \[n, d\]/)
    await expect(loadNpy(file('<f4', '(1, 1, 1, 1, 4)', new Float32Array(4)))).rejects.toThrow(/samples need \[n, d\]/)
    await expect(loadNpy(file('|u1', '(1, 3, 2, 2)', new Uint8Array(12)))).rejects.toThrow(
      /channels come last. Save x.transpose\(0, 2, 3, 1\)/,
    )
    await expect(loadNpy(file('<f4', '(0, 3)', new Float32Array(0)))).rejects.toThrow(/is empty/)
    await expect(loadNpy(file('<U1', '(2, 1)', new Uint32Array(2).fill(65)))).rejects.toThrow(/of text \(<U1\)/)
    await expect(loadNpy(file('<f4', '(2, 2)', Float32Array.of(1, 2, 3, Number.NaN)))).rejects.toThrow(
      /NaN at row 1, column 1/,
    )
    await expect(loadNpy(file('<f2', '(2, 1)', halves(1, Number.POSITIVE_INFINITY)))).rejects.toThrow(
      /Infinity at row 1/,
    )
  })

  it('reads labels of any shape that has one for each sample, and of any kind', async () => {
    const of = async (descr: string, shape: string, body: ArrayBufferView) => {
      const { labels, classNames } = await loadNpy(two, file(descr, shape, body))
      return [[...labels!], classNames]
    }
    for (const shape of ['(2,)', '(2, 1)', '(1, 2)'])
      expect(await of('|u1', shape, Uint8Array.of(9, 4))).toEqual([
        [1, 0],
        ['4', '9'],
      ])
    expect(await of('<f4', '(2,)', Float32Array.of(9, 4))).toEqual([
      [1, 0],
      ['4', '9'],
    ])
    expect(await of('|b1', '(2,)', Uint8Array.of(1, 0))).toEqual([
      [1, 0],
      ['0', '1'],
    ])
    expect(await of('|S3', '(2,)', Buffer.from('dogcat'))).toEqual([
      [1, 0],
      ['cat', 'dog'],
    ])
    expect(await of('<U2', '(2, 1)', Uint32Array.of(0x62, 0, 0x61, 0x1f41c))).toEqual([
      [1, 0],
      ['a🐜', 'b'],
    ])
    expect(await of('<i8', '(2,)', BigInt64Array.of(2n ** 53n + 1n, 2n ** 53n))).toEqual([
      [1, 0],
      ['9007199254740992', '9007199254740993'],
    ])
    expect((await of('<i8', '(2,)', BigInt64Array.of(-1n, 3n)))[0]).toEqual([-1, 0])
    expect((await of('<f8', '(2,)', Float64Array.of(3, Number.NaN)))[0]).toEqual([0, -1])
  })

  it('checks labels against samples', async () => {
    const of = (descr: string, shape: string, body: ArrayBufferView) => loadNpy(two, file(descr, shape, body))
    await expect(of('<i4', '(3,)', new Int32Array(3))).rejects.toThrow(/labels of shape \[3\]; expected \[2\]/)
    await expect(of('<i4', '(2, 2)', new Int32Array(4))).rejects.toThrow(/save y.argmax\(1\)/)
    const transposed = file('<f4', '(2, 3)', new Float32Array(6))
    await expect(loadNpy(transposed, file('<i4', '(3,)', new Int32Array(3)))).rejects.toThrow(
      /The samples are of shape \[2, 3\]: if they are its columns, save x.T/,
    )
    await expect(of('|O', '(2,)', new Uint8Array(20))).rejects.toThrow(/Python objects/)
  })

  it('unpacks gzip up to the limit', async () => {
    const path = join(folder, 'packed.npy.gz')
    writeFileSync(path, gzipSync(npy('<f4', '(1000, 100)', new Float32Array(100_000).fill(1))))
    expect((await loadNpy(path)).size).toBe(1000)
    await expect(loadNpy(path, undefined, { maxUnpackedBytes: 1000 })).rejects.toThrow(/becomes more than 1000 bytes/)
  })
})
