import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { float16ToNumber } from '@dc/core/plugin'
import { afterAll, describe, expect, it } from 'vitest'
import { npy, npyFile } from '../testing/bytes'
import { readNpy } from './npy'
import { readNpz } from './npz'

const folder = mkdtempSync(join(tmpdir(), 'dc-npy-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function file(content: string | Uint8Array): string {
  const path = join(folder, `${count++}.npy`)
  writeFileSync(path, content)
  return path
}
const four = new ArrayBuffer(16)
const header = (shape: string, descr = "'<f4'", fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`

describe('what NumPy wrote', () => {
  const fixture = fileURLToPath(new URL('./fixtures/dtypes.npz', import.meta.url))
  const { read, refused }: { read: Record<string, { shape: number[]; values: unknown[] }>; refused: string[] } =
    JSON.parse(readFileSync(fixture.replace(/npz$/, 'json'), 'utf8'))

  it.each(Object.entries(read))('%s', async (name, { shape, values }) => {
    const array = (await readNpz(fixture, [name]))[name]
    expect(array.shape).toEqual(shape)
    const wanted = values.map((value) =>
      typeof array.values[0] === 'string'
        ? value
        : typeof array.values[0] === 'bigint'
          ? BigInt(value as string)
          : Number(value),
    )
    expect([...(array.values as Iterable<unknown>)]).toEqual(wanted)
  })

  it.each(refused)('%s is refused by name, with what to save', async (name) => {
    await expect(readNpz(fixture, [name])).rejects.toThrow(new RegExp(`npz:${name}' holds .*save`))
  })
})

describe('readNpy', () => {
  it.each([
    ['<f4', Float32Array.of(1.5, -2, 3, 4, 5, 6)],
    ['=f8', Float64Array.of(1.5, -2, 3, 4, 5, 6)],
    ['|u1', Uint8Array.of(1, 2, 3, 4, 5, 255)],
    ['<i1', Int8Array.of(1, -2, 3, 4, 5, 6)],
    ['i4', Int32Array.of(1, -2, 3, 4, 5, 6)],
    ['<i8', BigInt64Array.of(1n, -2n, 3n, 4n, 5n, 2n ** 53n + 1n)],
    ['<u8', BigUint64Array.of(1n, 2n, 3n, 4n, 5n, 2n ** 64n - 1n)],
  ])('keeps the type of %s', async (descr, values) => {
    expect(await readNpy(file(npy(descr, '(2, 3)', values)))).toEqual({ dtype: descr, shape: [2, 3], values })
  })

  it('reads every float16', async () => {
    const bits = Uint16Array.from({ length: 1 << 16 }, (_, i) => i)
    const { values } = await readNpy(file(npy('<f2', '(65536,)', bits)))
    expect(values).toEqual(Float32Array.from(bits, float16ToNumber))
    expect(Object.is(values[0x8000], -0)).toBe(true)
  })

  it('reads bool as 0 and 1', async () => {
    for (const descr of ['|b1', '|?', '?'])
      expect((await readNpy(file(npy(descr, '(3,)', Uint8Array.of(0, 1, 2))))).values).toEqual(Uint8Array.of(0, 1, 1))
  })

  it('reads big endian, format versions 1 to 3, and gzip', async () => {
    const body = Uint8Array.of(0x3f, 0xa0, 0, 0, 0xc0, 0xe0, 0, 0)
    for (const version of [1, 2, 3]) {
      const bytes = npyFile(header('(2,)', "'>f4'"), body, version)
      expect((await readNpy(file(bytes))).values).toEqual(Float32Array.of(1.25, -7))
      expect((await readNpy(file(gzipSync(bytes)))).values).toEqual(Float32Array.of(1.25, -7))
    }
  })

  it('reads headers in any form that NumPy reads', async () => {
    const values = Float32Array.of(1, 2)
    for (const text of [
      "{'shape': (2L,), 'fortran_order': False, 'descr': '<f4'}",
      '{"descr":"<f4","fortran_order":False,"shape":(2,)}',
      "  { 'descr' : '<f4' , 'shape' : ( 2 , 1 , ) , 'fortran_order' : True , }   \n",
    ])
      expect((await readNpy(file(npyFile(text, values)))).values).toEqual(values)
  })

  it('calls an unreadable header that', async () => {
    const bad = {
      'no dict': '(1, 2)',
      'no text at all': '\0\xff\x07',
      'no shape': "{'descr': '<f4', 'fortran_order': False}",
      'another key': `${header('(4,)').slice(0, -2)} 'other': 1}`,
      'a key twice': "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (4,)}",
      'an order of another type': header('(4,)', "'<f4'", '0'),
      'a dtype of another type': header('(4,)', '4'),
      'a list for a shape': header('[4]'),
      'a number for a shape': header('4'),
      'a negative side': header('(-2, -2)'),
      'a fraction': header('(0.5, 8)'),
      'an exponent': header('(4e0,)'),
      'a bool': header('(True, 4)'),
      'a side that cannot be counted': header('(99999999999999999999,)'),
      'a product that cannot be counted': header('(9007199254740991, 9007199254740991)'),
      'too many sides': header(`(${'1, '.repeat(65)})`),
      'a cut dict': header('(4,)').slice(0, -6),
    }
    for (const [what, text] of Object.entries(bad))
      await expect(readNpy(file(npyFile(text, four))), what).rejects.toThrow(/npy' has an unreadable header: /)
    await expect(readNpy(file(npyFile(Uint8Array.of(0x7b, 0xff), four, 3)))).rejects.toThrow(/an unreadable header/)
  })

  it('reads no header longer than NumPy does, in time linear in it', async () => {
    const long = header('(4,)').padEnd(10_000)
    expect((await readNpy(file(npyFile(long, four)))).shape).toEqual([4])
    await expect(readNpy(file(npyFile(`${long} `, four)))).rejects.toThrow(/a header of 10001 bytes; at most 10000/)
    await expect(readNpy(file(npyFile(long, four, 2).map((byte, i) => (i === 11 ? 255 : byte))))).rejects.toThrow(
      /a header of \d+ bytes/,
    )
    for (const hostile of [
      "{'descr': ".repeat(900),
      `{'descr': '${"'descr': ".repeat(1000)}`,
      `{'shape': (${' '.repeat(9000)}`,
    ])
      await expect(readNpy(file(npyFile(hostile, four)))).rejects.toThrow(/an unreadable header/)
  })

  it('asks for as many bytes as there are', async () => {
    await expect(readNpy(file(npyFile(header('(5,)'), four)))).rejects.toThrow(
      /ends inside its values, <f4 of shape \[5\]: 20 bytes are asked for, 16 are there/,
    )
    await expect(readNpy(file(npyFile(header('(3,)'), four)))).rejects.toThrow(/goes on after its values/)
    await expect(readNpy(file(npyFile(header('(1000000000, 1000000)'), four)))).rejects.toThrow(/16 are there/)
    // Gzip becomes at most 1,032 times its size: memory is not even asked for.
    const packed = gzipSync(npyFile(header('(200000000,)'), four))
    await expect(readNpy(file(packed))).rejects.toThrow(/800000000 bytes are asked for/)
    await expect(readNpy(file(gzipSync(npyFile(header('(5,)'), four))))).rejects.toThrow(/16 are there/)
    await expect(readNpy(file(npyFile(header('(4,)'), four).subarray(0, 40)))).rejects.toThrow(/ends inside its header/)
  })

  it('says what else is wrong', async () => {
    await expect(readNpy(file('not numpy at all'))).rejects.toThrow(/is not a .npy file/)
    await expect(readNpy(file('short'))).rejects.toThrow(/is not a .npy file: it is too short/)
    await expect(readNpy(join(folder, 'none.npy'))).rejects.toThrow(/none.npy': it does not exist/)
    await expect(readNpy(file(npyFile(header('(4,)'), four).map((byte, i) => (i === 6 ? 4 : byte))))).rejects.toThrow(
      /format version 4.0; readable are/,
    )
    await expect(readNpy(file(npy('<f4\x1b', '(4,)', four)))).rejects.toThrow(/dtype '<f4\\x1b': unknown/)
    await expect(readNpy(file(npy('<U0', '(4,)', new ArrayBuffer(0))))).rejects.toThrow(/dtype '<U0': unknown/)
    await expect(readNpy(file(npy('constructor', '(4,)', four)))).rejects.toThrow(/unknown/)
    const notACharacter = npy('<U1', '(1,)', Uint32Array.of(0x110000))
    await expect(readNpy(file(notACharacter))).rejects.toThrow(/1114112, which is no character/)
  })
})
