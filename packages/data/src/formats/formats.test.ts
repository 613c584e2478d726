import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError } from '@dc/core'
import { afterAll, describe, expect, it } from 'vitest'
import { loadIdx } from '../datasets/idx'
import { loadNpy } from '../datasets/npy'
import { readIdx } from './idx'
import { readNpy } from './npy'

const folder = mkdtempSync(join(tmpdir(), 'dc-data-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function npyBytes(
  descr: string,
  shape: string,
  body: ArrayBuffer,
  { version = 1, fortran = 'False' } = {},
): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`
  const prefix = version === 1 ? 10 : 12
  const header = text.padEnd(64 * Math.ceil((text.length + prefix + 1) / 64) - prefix - 1) + '\n'
  const bytes = new Uint8Array(prefix + header.length + body.byteLength)
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0])
  new DataView(bytes.buffer).setUint16(8, header.length, true)
  bytes.set(new TextEncoder().encode(header), prefix)
  bytes.set(new Uint8Array(body), prefix + header.length)
  return bytes
}

function idxBytes(type: number, shape: number[], body: number[]): Uint8Array {
  const sides = shape.flatMap((side) => [side >>> 24, (side >> 16) & 255, (side >> 8) & 255, side & 255])
  return Uint8Array.from([0, 0, type, shape.length, ...sides, ...body])
}

describe('npy', () => {
  it.each([
    ['<f4', Float32Array.of(1.5, -2, 3, 4, 5, 6)],
    ['<f8', Float64Array.of(1.5, -2, 3, 4, 5, 6)],
    ['|u1', Uint8Array.of(1, 2, 3, 4, 5, 255)],
    ['<i4', Int32Array.of(1, -2, 3, 4, 5, 6)],
    ['<i8', BigInt64Array.of(1n, -2n, 3n, 4n, 5n, 6n)],
  ])('reads %s', async (descr, values) => {
    const array = await readNpy(file('a.npy', npyBytes(descr, '(2, 3)', values.buffer as ArrayBuffer)))
    expect(array.shape).toEqual([2, 3])
    expect(Array.from(array.values)).toEqual(Array.from(values as Float64Array, Number))
  })

  it('reads big endian, format version 2 and gzip', async () => {
    const body = new ArrayBuffer(8)
    new DataView(body).setFloat32(0, 1.25)
    new DataView(body).setFloat32(4, -7)
    const bytes = gzipSync(npyBytes('>f4', '(2,)', body, { version: 2 }))
    expect(Array.from((await readNpy(file('b.npy.gz', bytes))).values)).toEqual([1.25, -7])
  })

  it('says what is wrong', async () => {
    const four = new ArrayBuffer(16)
    await expect(readNpy(file('c.npy', npyBytes('<c8', '(2,)', four)))).rejects.toThrow(/dtype <c8; readable are f4/)
    await expect(readNpy(file('d.npy', npyBytes('<f4', '(2, 2)', four, { fortran: 'True' })))).rejects.toThrow(
      /Fortran order; save np.ascontiguousarray/,
    )
    await expect(readNpy(file('e.npy', npyBytes('<f4', '(5,)', four)))).rejects.toThrow(/asks for/)
    await expect(readNpy(file('f.npy', 'not numpy at all'))).rejects.toThrow(/is not a .npy file/)
    await expect(readNpy(join(folder, 'none.npy'))).rejects.toThrow(/none.npy': it does not exist/)
  })

  it('refuses NaN, naming where', async () => {
    const path = file('nan.npy', npyBytes('<f4', '(2, 2)', Float32Array.of(1, 2, 3, Number.NaN).buffer))
    await expect(loadNpy(path)).rejects.toThrow(/NaN at row 1, column 1/)
  })

  it('checks labels against samples', async () => {
    const path = file('x.npy', npyBytes('<f4', '(2, 2)', new ArrayBuffer(16)))
    const labels = file('y.npy', npyBytes('<i4', '(3,)', new ArrayBuffer(12)))
    await expect(loadNpy(path, labels)).rejects.toThrow(/labels of shape \[3\]; expected \[2\]/)
  })
})

describe('idx', () => {
  it('loads a folder of images and labels', async () => {
    file('t10k-images-idx3-ubyte.gz', gzipSync(idxBytes(8, [2, 2, 2], [0, 255, 51, 0, 1, 2, 3, 4])))
    file('t10k-labels-idx1-ubyte', idxBytes(8, [2], [7, 3]))
    const dataset = await loadIdx(folder)
    expect(dataset.sampleShape).toEqual([2, 2, 1])
    expect(dataset.values[2]).toBeCloseTo(0.2)
    expect(Array.from(dataset.labels!)).toEqual([1, 0])
    expect(dataset.classNames).toEqual(['3', '7'])
  })

  it('reads big-endian floats and shorts', async () => {
    expect(Array.from((await readIdx(file('s.idx', idxBytes(11, [2], [255, 254, 0, 3])))).values)).toEqual([-2, 3])
  })

  it('says what is wrong', async () => {
    await expect(readIdx(file('short.idx', idxBytes(8, [9], [1, 2])))).rejects.toThrow(/has 10 bytes.*asks for 17/)
    await expect(readIdx(file('text.idx', 'plain text'))).rejects.toThrow(/is not an IDX file/)
    await expect(readIdx(file('empty.idx', ''))).rejects.toThrow(/is empty/)
    const broken = gzipSync(Buffer.alloc(1000, 7)).subarray(0, 20)
    await expect(readIdx(file('broken.gz', broken))).rejects.toThrow(/is not a whole gzip file/)
    await expect(loadIdx(join(folder, 'missing'))).rejects.toThrow(DataError)
    await expect(loadIdx(folder, 'train')).rejects.toThrow(/holds no train images/)
  })
})
