import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { DataError } from '@dc/core/plugin'
import { afterAll, describe, expect, it } from 'vitest'
import { readMat } from './mat'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dc-mat-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function file(...elements: Uint8Array[]): string {
  const header = Buffer.alloc(128, ' ')
  header.writeUInt16LE(0x0100, 124)
  header.write('IM', 126)
  const path = join(folder, `${count++}.mat`)
  writeFileSync(path, Buffer.concat([header, ...elements]))
  return path
}
function element(type: number, ...data: Uint8Array[]): Buffer {
  const body = Buffer.concat(data)
  const tag = Buffer.alloc(8)
  tag.writeUInt32LE(type, 0)
  tag.writeUInt32LE(body.length, 4)
  return Buffer.concat([tag, body, Buffer.alloc(type === 15 ? 0 : (8 - (body.length % 8)) % 8)])
}
const integers = (...values: number[]) => element(5, new Uint8Array(Int32Array.from(values).buffer))
const matrix = (kind: number, sides: number[], name: string, ...rest: Uint8Array[]) =>
  element(
    14,
    element(6, Uint8Array.of(kind, 0, 0, 0, 0, 0, 0, 0)),
    integers(...sides),
    element(1, Buffer.from(name)),
    ...rest,
  )
const doubles = (...values: number[]) => element(9, new Uint8Array(Float64Array.from(values).buffer))

describe('readMat', () => {
  it('reads structs and cells, uncompressed', async () => {
    const { annotations, class_names } = await readMat(fixture('uncompressed.mat'))
    expect(class_names).toEqual(['AM General Hummer SUV 2000', 'Acura RL Sedan 2012'])
    expect(annotations).toHaveLength(3)
    expect((annotations as Record<string, unknown>[])[2]).toEqual({
      relative_im_path: 'car_ims/000003.png',
      bbox_x1: [3],
      bbox_y1: [2],
      bbox_x2: [8],
      bbox_y2: [8],
      class: [1],
      test: [1],
    })
  })

  it('reads every kind that SciPy writes, by columns, and refuses the others by name', async () => {
    const names = ['numbers', 'bytes', 'large', 'text', 'rows', 'nothing', 'cells', 'struct', 'structs', 'bools']
    expect(await readMat(fixture('kinds.mat'), names)).toEqual({
      numbers: [1.5, 3, 2, 4],
      bytes: [1, 255],
      large: [2 ** 53 - 1],
      text: 'Bär 日本',
      rows: ['abc', 'def'],
      nothing: [],
      cells: ['a', [], [1, 2], 'b'],
      struct: [{ a: [1], inner: [{ b: 'text' }] }],
      structs: [
        { n: [1], s: 'x' },
        { n: [2], s: 'y' },
      ],
      bools: [1, 0],
    })
    const refused = {
      larger: /9007199254740993 is beyond 2\^53/,
      complex: /'complex' is complex/,
      sparse: /'sparse' is a sparse/,
    }
    for (const [name, why] of Object.entries(refused))
      await expect(readMat(fixture('kinds.mat'), [name])).rejects.toThrow(why)
    await expect(readMat(fixture('kinds.mat'), ['other'])).rejects.toThrow(
      /no variable 'other'; it has 'numbers', 'bytes'/,
    )
  })

  it('reads long text', async () => {
    const text = 'x'.repeat(300_000)
    const codes = element(4, new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer))
    expect(await readMat(file(matrix(4, [1, text.length], 'text', codes)))).toEqual({ text })
  })

  it('keeps names that JavaScript knows', async () => {
    const read = await readMat(
      file(matrix(6, [1, 1], '__proto__', doubles(5)), matrix(6, [1, 1], 'constructor', doubles(6))),
    )
    expect(Object.entries(read)).toEqual([
      ['__proto__', [5]],
      ['constructor', [6]],
    ])
  })

  it('refuses counts beyond the bytes that there are, at once', async () => {
    const billion = 1_000_000_000
    const field = [integers(8), element(1, Buffer.from('field\0\0\0'))]
    const bad = {
      cells: matrix(1, [billion, 1], 'a'),
      'cells of no size': matrix(1, [1 << 30, 1 << 30], 'a'),
      structs: matrix(2, [billion, 1], 'a', ...field),
      'structs without fields': matrix(2, [billion, 1], 'a', integers(8), element(1)),
      'fields of no width': matrix(2, [1, 1], 'a', integers(0), element(1, Buffer.from('field'))),
      'fields of negative width': matrix(2, [1, 1], 'a', integers(-8), element(1, Buffer.from('field\0\0\0'))),
      'fields of one name': matrix(
        2,
        [1, 1],
        'a',
        integers(4),
        element(1, Buffer.from('abc\0abc\0')),
        matrix(6, [0, 0], ''),
        matrix(6, [0, 0], ''),
      ),
      numbers: matrix(6, [billion, 1], 'a', doubles(1)),
      'fewer numbers': matrix(6, [1, 1], 'a', doubles(1, 2)),
      'half a number': matrix(6, [1, 1], 'a', element(9, new Uint8Array(4))),
      'a negative side': matrix(6, [-1, -1], 'a', doubles(1)),
      'no sides': matrix(6, [], 'a', doubles(1)),
      'no flags': element(14, element(6), integers(1, 1), element(1, Buffer.from('a')), doubles(1)),
      'text of another length': matrix(4, [2, 3], 'a', element(16, Buffer.from('abcde'))),
      'two of one name': Buffer.concat([matrix(6, [1, 1], 'a', doubles(1)), matrix(6, [1, 1], 'a', doubles(2))]),
      'no variable': doubles(1),
      'a long short element': element(0x70000 | 6, new Uint8Array(8)),
      'an unknown class': matrix(99, [1, 1], 'a', doubles(1)),
    }
    for (const [what, bytes] of Object.entries(bad)) {
      const reading = readMat(file(bytes))
      await expect(reading, what).rejects.toThrow(DataError)
      await expect(reading, what).rejects.toThrow(/is a broken MATLAB file/)
    }
  })

  it('is not led into depth', async () => {
    let inner: Buffer = matrix(6, [0, 0], '')
    for (let depth = 0; depth < 5000; depth++) inner = matrix(1, [1, 1], 'a', inner)
    await expect(readMat(file(inner))).rejects.toThrow(/more than 32 deep/)
  })

  it('unpacks no more than the limit, and checks the checksum', async () => {
    const text = matrix(4, [1, 2_000_000], 'a', element(16, Buffer.alloc(2_000_000, 'x')))
    const packed = deflateSync(text)
    expect((await readMat(file(element(15, packed)))).a).toHaveLength(2_000_000)
    await expect(readMat(file(element(15, packed)), undefined, { maxUnpackedBytes: 1_000_000 })).rejects.toThrow(
      /becomes more than 1000000 bytes/,
    )
    packed[packed.length - 1] ^= 1
    await expect(readMat(file(element(15, packed)))).rejects.toThrow(/incorrect data check/)
  })

  it('refuses other files', async () => {
    const path = join(folder, 'no.mat')
    writeFileSync(path, Buffer.alloc(200, 32))
    await expect(readMat(path)).rejects.toThrow(/not a little-endian MATLAB 5 file/)
    const hdf5 = Buffer.from(
      'MATLAB 7.3 MAT-file'.padEnd(124) + '\x00\x02IM'.padEnd(388, '\x00') + '\x89HDF\r\n\x1a\n',
      'latin1',
    )
    writeFileSync(path, hdf5)
    await expect(readMat(path)).rejects.toThrow(/not a little-endian MATLAB 5 file; save it with '-v6' or '-v7'/)
    writeFileSync(path, readFileSync(fixture('kinds.mat')).subarray(0, 500))
    await expect(readMat(path)).rejects.toThrow(/is a broken MATLAB file/)
  })
})
