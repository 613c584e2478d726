// What a page is given, `File`s, is read by the same code as paths: same rows, same notices, same words.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, it } from 'vitest'
import { type FileOptions, loadCsv, loadFile, loadNpy, readOptdigits } from './formats'
import { byLibrary } from './gunzip'
import { loadOptdigits } from './optdigits'
import { npy, zip } from './testing/bytes'

const folder = mkdtempSync(join(tmpdir(), 'dc-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))

const csv = new TextEncoder().encode(',a,b,kind\n0,1.5,2,x\n1,3,4,y\n2,5,6,x\n')
const array = npy('<f4', '(3, 2)', Float32Array.of(1, 2, 3, 4, 5, 6))
const table = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: 'a', data: [1, 2, 3], type: 'DOUBLE' },
      { name: 'words', data: ['x', 'y', 'z'], type: 'STRING' },
    ],
  }),
)
const files: Record<string, Uint8Array> = {
  'table.csv': csv,
  'table.csv.gz': gzipSync(csv),
  'array.NPY': array,
  'arrays.npz': zip([{ name: 'x.npy', data: array }]),
  'table.parquet': table,
  'broken.csv': csv.subarray(0, -4),
  'latin.csv': Uint8Array.of(0x61, 0x2c, 0xe9, 0x0a, 0x31, 0x2c, 0x32, 0x0a),
  'empty.csv': new Uint8Array(0),
  'cut.npy': array.subarray(0, -3),
  'cut.csv.gz': gzipSync(csv).subarray(0, -9),
  'no.parquet': csv,
}

describe('a file that a page is given', () => {
  it.each(Object.keys(files))('%s is read, or refused, as its path is', async (name) => {
    const path = join(folder, name)
    writeFileSync(path, files[name])
    const options = name.endsWith('csv') || name.endsWith('gz') ? { label: 'kind' } : {}
    const answer = async (file: string | File) => {
      try {
        const { values, labels, classNames, notices, columns, rowNames, name } = await loadFile(file, options)
        return { values, labels, classNames, notices, columns, rowNames, name }
      } catch (error) {
        return (error as Error).message.replaceAll(path, name)
      }
    }
    const given = await answer(new File([Uint8Array.from(files[name])], name))
    expect(given).toEqual(await answer(path))
    expect(typeof given).toBe(/^(table|arrays?)\./.test(name) ? 'object' : 'string')
  })

  it('takes the options of its reader, and no others', async () => {
    const read = (name: string, options: FileOptions) =>
      loadFile(new File([Uint8Array.from(files[name])], name), options)
    const words = await read('table.csv', { ignore: 'a', id: 'kind', header: true })
    expect([words.columns, words.rowNames]).toEqual([['b'], ['x', 'y', 'x']])
    expect((await read('table.parquet', { features: 'a', label: 'words' })).classNames).toEqual(['x', 'y', 'z'])
    await expect(read('table.parquet', { delimiter: ';' })).rejects.toThrow(
      "parquet.delimiter: got ';'; allowed: options features, label, ignore, id, index, maxUnpackedBytes",
    )
    await expect(read('array.NPY', { label: 'y' })).rejects.toThrow(
      "npy.label: got 'y'; allowed: options maxUnpackedBytes",
    )
    await expect(read('table.csv', { decimal: ';' as ',' })).rejects.toThrow("csv.decimal: got ';'; allowed: ")
  })

  it('of another kind is refused by its ending, however it is called', async () => {
    const csv = (options: object) => loadCsv(new File(['a,b\n1,2\n3,4\n'], 'table.csv'), options)
    await expect(csv({ index: 'drop' })).rejects.toThrow("index: got 'drop'; allowed: 'auto', 'keep'")
    await expect(csv({ header: 'yes' })).rejects.toThrow("header: got 'yes'; allowed: 'auto', true, false")
    await expect(csv({ decimal: ';' })).rejects.toThrow("decimal: got ';'; allowed: '.', ','")
    await expect(csv({ delimiter: '' })).rejects.toThrow("delimiter: got ''; allowed: one or more characters")
    const packed = new File([gzipSync('1,2\n')], 'table.csv.gz')
    await expect(loadCsv(packed, { maxUnpackedBytes: -1 })).rejects.toThrow('maxUnpackedBytes: got -1')
    for (const file of [undefined, 3, new Blob(['1,2\n'])] as unknown as File[])
      await expect(loadFile(file)).rejects.toThrow(/^file: got .*; allowed: a path, or a file with a name/)
    await expect(loadFile(new File(['x'], 'a\x1b[31m.txt'))).rejects.toThrow(
      /file.*a\\x1b\[31m\.txt.*\.csv, \.csv\.gz, \.npy, \.npy\.gz, \.npz, \.parquet/,
    )
  })

  it('may have its labels beside it', async () => {
    const labels = new File([Uint8Array.from(npy('<i4', '(3,)', Int32Array.of(0, 1, 0)))], 'y.npy')
    const dataset = await loadNpy(new File([Uint8Array.from(array)], 'x.npy'), labels)
    expect([...dataset.labels!]).toEqual([0, 1, 0])
  })

  it('may be the digits', async () => {
    const path = fileURLToPath(new URL('../assets/optdigits.csv.gz', import.meta.url))
    const { values, labels } = await readOptdigits(new File([readFileSync(path)], 'optdigits.csv.gz'))
    const known = await loadOptdigits()
    expect([values, labels]).toEqual([known.values, known.labels])
  })
})

describe('gzip where nothing of Node is', () => {
  const long = 'abcdefg'.repeat(100_000)
  async function* pieces(bytes: Uint8Array, size: number) {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const text = async (bytes: Uint8Array, size = 1000) => {
    const parts: Uint8Array[] = []
    for await (const part of byLibrary(pieces(bytes, size), 'a.gz')) parts.push(part)
    return Buffer.concat(parts).toString()
  }
  const packed = gzipSync(long)

  it('is unpacked: one member or several, zeros after them, pieces of any size', async () => {
    for (const size of [1, 7, 1 << 20]) {
      expect(await text(packed, size)).toBe(long)
      expect(await text(Buffer.concat([packed, gzipSync('end'), Buffer.alloc(600)]), size)).toBe(`${long}end`)
    }
    expect(await text(gzipSync(''))).toBe('')
  })

  it('is refused if it is cut, changed, or followed by something else', async () => {
    const changed = (at: number) => packed.map((byte, i) => (i === at ? byte ^ 1 : byte))
    const bad = [
      packed.subarray(0, -9),
      packed.subarray(0, -1),
      changed(packed.length - 8),
      changed(packed.length - 1),
      Buffer.concat([packed, Buffer.from('garbage')]),
    ]
    for (const bytes of bad)
      for (const size of [7, 1 << 20])
        await expect(text(bytes, size)).rejects.toThrow(/'a\.gz' is not a whole gzip file/)
  })
})
