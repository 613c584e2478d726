import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DcError } from '@dc/core/plugin'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadParquet, type ParquetOptions, parquet, parquetDataset } from '../../datasets/parquet'
import type { FileParts } from '../../files'
import { mutated } from '../../testing/mutations'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.parquet`, import.meta.url))
const load = (name: string, options?: ParquetOptions) => loadParquet(fixture(name), options)
const embedding = [0, 1, 2, 3, 4, 5, 6].flatMap((i) => [i, i / 2, 0 - i])

describe('Parquet', () => {
  it.each(['snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'zstd-v2'])(
    'reads lists in several groups of rows, as pyarrow wrote them: %s',
    async (name) => {
      const dataset = await load(name, { label: 'class' })
      expect([dataset.size, dataset.sampleShape]).toEqual([7, [3]])
      expect([...dataset.values]).toEqual(embedding)
      expect([dataset.classNames, [...dataset.labels!]]).toEqual([
        ['a', 'b'],
        [1, 0, 1, 0, 0, 1, 1],
      ])
      expect(dataset.notices).toEqual(["took the lists of column 'embedding' as features, and left out column 'id'"])
    },
  )

  it("reads Polars' defaults, Zstandard", async () => {
    const dataset = await load('polars', { label: -1 })
    expect([...dataset.values]).toEqual([0.5, 1, 1.5, 2, 2.5, 3])
    expect([dataset.classNames, [...dataset.labels!]]).toEqual([
      ['a', 'b'],
      [1, 0, 1],
    ])
  })

  it('reads half floats, and lists as Arrow has them', async () => {
    const halves = [0.5, -1.5, 65504, 2 ** -24, 0, 2]
    expect([...(await load('halves', { features: 'x' })).values]).toEqual(halves)
    const lists = await load('half-lists')
    expect([[...lists.values], lists.sampleShape]).toEqual([halves, [3]])
    expect([...(await load('fixed-lists')).values]).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect([...(await load('large-lists')).values]).toEqual([1, 2, 3, 4])
    // Two levels, and one.
    expect([...(await load('old-lists', { features: ['y', 'x'] })).values]).toEqual([5, 6, 1, 2, 7, 8, 3, 4])
  })

  it('reads numbers of any type', async () => {
    const values = async (features: string) => [...(await load('numbers', { features })).values]
    expect(await values('u8')).toEqual([0, 255, 7])
    expect(await values('u32')).toEqual([0, 2 ** 32, 7])
    expect(await values('i8')).toEqual([-128, 127, 0])
    expect(await values('decimal')).toEqual([1.25, -3.5, 0.75])
    expect(await values('truth')).toEqual([1, 0, 1])
    // Integers beyond 2^53 stay apart, as features and as labels.
    expect((await values('i64')).map((value, _, [first]) => value - first)).toEqual([0, 1, 3])
    expect((await values('u64')).map((value, _, [first]) => value - first)).toEqual([0, -1, -3])
    const names = async (label: string) => (await load('numbers', { features: 'u8', label })).classNames
    expect(await names('i64')).toEqual(['1748735999000000001', '1748735999000000002', '1748735999000000004'])
    expect(await names('u64')).toEqual(['18446744073709551612', '18446744073709551614', '18446744073709551615'])
    expect(await names('decimal')).toEqual(['-3.5', '0.75', '1.25'])
    expect(await names('truth')).toEqual(['false', 'true'])
  })

  it('reads every encoding', async () => {
    const first = async (features: string) => [...(await load('encodings', { features })).values.slice(0, 5)]
    expect(await first('delta32')).toEqual([3, -5, 2 ** 31, 0, 9])
    expect(await first('delta64')).toEqual([3, -5, 2 ** 53, 0, 9])
    expect(await first('split')).toEqual([0.5, -1.5, 1e10, 0, 3])
    const names = async (label: string) => (await load('encodings', { features: 'split', label })).classNames
    expect(await names('prefixes')).toEqual(['ab', 'abc', 'abcd', 'abx'])
    expect(await names('lengths')).toEqual(['p', 'pq', 'q', 'é'])
  })

  it("leaves out pandas' index", async () => {
    const unnamed = await load('pandas-index', { label: 'class' })
    expect([...unnamed.values]).toEqual([3.5, 4, 0.5, 1, 2.5, 3])
    expect(unnamed.notices).toEqual(["left out column '__index_level_0__': the index of a table of pandas"])
    const named = await load('pandas-named-index', { label: 'class' })
    expect(named.notices).toEqual(["left out column 'name': the index of a table of pandas"])
    expect(named.rowNames).toHaveLength(named.size)
    expect(new Set(named.rowNames).size).toBe(named.size)
    expect((await load('pandas-range', { label: 'class' })).sampleShape).toEqual([2])
    expect((await load('pandas-range', { label: 'class' })).rowNames).toBeUndefined()
    const counted = await load('pandas-unnamed')
    expect([...counted.values]).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4])
    expect(counted.rowNames).toEqual(['0', '1', '2', '3'])
    expect(counted.notices).toEqual([
      "left out column 'Unnamed: 0': it numbers the rows; option index: 'keep' keeps it",
    ])
    expect((await load('pandas-unnamed', { index: 'keep' })).sampleShape).toEqual([3])
    expect((await load('pandas-index', { index: 'keep', label: 'class' })).sampleShape).toEqual([3])
    expect((await load('pandas-index', { features: '__index_level_0__' })).sampleShape).toEqual([1])
  })

  it('refuses dates, times and durations by name and type', async () => {
    const types = { date: 'DATE', stamp: 'TIMESTAMP', nanoseconds: 'TIMESTAMP', time: 'TIME', took: 'duration' }
    for (const [features, type] of Object.entries(types))
      await expect(load('times', { features })).rejects.toThrow(
        `column '${features}': it holds dates, times or durations (${type}), which are no numbers`,
      )
    await expect(load('times')).rejects.toThrow(/column 'date'.*leave it out with option ignore/)
    await expect(load('int96')).rejects.toThrow(/column 'stamp'.*\(TIMESTAMP \(INT96\)\)/)
    await expect(load('polars-duration')).rejects.toThrow(/column 'took'.*\(duration\)/)
    const ignore = Object.keys(types)
    expect([...(await load('times', { ignore })).values]).toEqual([1, 2])
    // As labels they are kept apart to their last digit.
    expect((await load('times', { features: 'x', label: 'nanoseconds' })).classNames).toEqual([
      '2024-01-02T03:04:05.000000001Z',
      '2024-01-02T03:04:05.000000002Z',
    ])
  })

  it('names what is missing by row and column', async () => {
    const refusal = (features: string) => load('missing', { features }).catch((error: Error) => error.message)
    expect(await refusal('x')).toMatch(/row 1 \(from 0\): column 'x' has no value\.$/)
    expect(await refusal('nan')).toMatch(/row 1 \(from 0\): column 'nan' has NaN/)
    expect(await refusal('list')).toMatch(/row 1 \(from 0\): column 'list' has no value at place 1 of its list/)
    expect(await refusal('no list')).toMatch(/row 1 \(from 0\): column 'no list' has no value/)
    expect(await refusal('uneven')).toMatch(/row 1 \(from 0\): column 'uneven' has 1 values, expected 2/)
    expect(await refusal('empty')).toMatch(/row 0 \(from 0\): column 'empty' has 0 values/)
    for (const [name, type] of [
      ['class', 'text'],
      ['struct', 'struct of INT64'],
      ['nested', 'nested lists of DOUBLE'],
      ['null', 'nulls'],
    ])
      expect(await refusal(name)).toContain(`column '${name}': it holds ${type}, which are no numbers`)
    await expect(load('missing')).rejects.toThrow(
      /not clear which columns .* several hold lists; name them. There are: whole \(INT64\)/,
    )
  })

  it('takes null, −1 and NaN as unknown labels, and refuses what is no label', async () => {
    const labels = async (label: string) => [...(await load('missing', { features: 'whole', label })).labels!]
    expect(await labels('class')).toEqual([1, -1, 0])
    expect(await labels('code')).toEqual([0, -1, -1])
    expect(await labels('nan')).toEqual([0, -1, 1])
    const refusal = (label: string) =>
      load('missing', { features: 'whole', label }).catch((error: Error) => error.message)
    expect(await refusal('bytes')).toMatch(/column 'bytes': it holds text that is not UTF-8/)
    expect(await refusal('struct')).toMatch(/column 'struct': it holds struct of INT64, which are no labels/)
    expect(await refusal('list')).toMatch(/column 'list': it holds lists of FLOAT, which are no labels/)
    expect(
      (await load('missing', { features: 'whole', label: 'null' }).catch((error: Error) => error)).toString(),
    ).toMatch(/nulls/)
  })

  it('is told columns by its plugin', async () => {
    const options = parquet.options.parse({ path: fixture('polars'), features: ['y', 'x'], label: 'class' })
    expect([...((await parquet.create(options, {})) as { values: Float32Array }).values]).toEqual([
      1, 0.5, 2, 1.5, 3, 2.5,
    ])
    await expect(load('polars', { features: 'z' })).rejects.toThrow(/features: got 'z'; allowed: columns x, y, class/)
  })
})

describe('Parquet as hyparquet writes it', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parquet-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const write = async (name: string, columns: Parameters<typeof parquetWriteBuffer>[0]) => {
    const path = join(folder, name)
    await writeFile(path, new Uint8Array(parquetWriteBuffer(columns)))
    return path
  }

  it('says that the first column seems to number the rows', async () => {
    const path = await write('index.parquet', {
      columnData: [
        { name: 'index', data: new Int32Array([0, 1, 2]) },
        { name: 'b', data: new Int32Array([3, 4, 5]) },
      ],
    })
    expect((await loadParquet(path)).notices).toEqual([
      "column 'index' is a feature, though it seems to number the rows; option ignore: 'index' leaves it out",
    ])
    for (const options of [{ ignore: 'index' }, { index: 'keep' }, { features: ['index', 'b'] }] as const)
      expect((await loadParquet(path, options)).notices ?? []).toEqual([])
  })

  it('says which column seems to hold the true classes', async () => {
    const path = await write('classes.parquet', {
      columnData: [
        { name: 'a', data: new Float32Array([3, 4, 5, 6]) },
        { name: 'class', data: new Int32Array([0, 1, 1, 0]) },
      ],
    })
    expect((await loadParquet(path)).notices).toEqual([
      "column 'class' is a feature, though it seems to hold the true classes; option label: 'class' takes it as such",
    ])
    for (const options of [{ label: 'class' }, { features: ['a', 'class'] }] as const)
      expect((await loadParquet(path, options)).notices ?? []).toEqual([])
  })

  it('names its rows by the column that is asked for', async () => {
    const path = await write('ids.parquet', {
      columnData: [
        { name: 'photo', data: ['=a.jpg', null, 'b.jpg'] },
        { name: 'a', data: new Float32Array([1, 2, 3]) },
        { name: 'key', data: new BigInt64Array([9007199254740993n, 2n, 1n]) },
      ],
    })
    const photos = await loadParquet(path, { id: 'photo', ignore: 'key' })
    expect([photos.rowNames, [...photos.values]]).toEqual([
      ['=a.jpg', '', 'b.jpg'],
      [1, 2, 3],
    ])
    expect((await loadParquet(path, { id: 'key', features: 'a' })).rowNames).toEqual(['9007199254740993', '2', '1'])
    await expect(loadParquet(path, { id: 'name' })).rejects.toThrow("id: got 'name'; allowed: columns photo, a, key.")
  })

  it('reads columns, and lists in JSON', async () => {
    const path = await write('columns.parquet', {
      columnData: [
        { name: 'a', data: new Float32Array([1, 2]) },
        { name: 'b', data: new Int32Array([3, 4]) },
        { name: 'y', data: new Int32Array([5, 6]) },
      ],
    })
    expect([...(await loadParquet(path, { label: 'y' })).values]).toEqual([1, 3, 2, 4])
    expect([...(await loadParquet(path, { features: ['b', 'a'] })).values]).toEqual([3, 1, 4, 2])
    const json = await write('json.parquet', {
      columnData: [
        {
          name: 'x',
          data: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    })
    expect([...(await loadParquet(json)).values]).toEqual([1, 2, 3, 4])
    const uneven = await write('uneven.parquet', { columnData: [{ name: 'x', data: [[1, 2], [3]] }] })
    await expect(loadParquet(uneven)).rejects.toThrow(/row 1 \(from 0\): column 'x' has 1 values, expected 2/)
  })

  it('says what is no Parquet', async () => {
    await writeFile(join(folder, 'no.parquet'), 'no parquet file')
    await expect(loadParquet(join(folder, 'no.parquet'))).rejects.toThrow(/does not end with PAR1/)
    await writeFile(join(folder, 'secret.parquet'), 'PAREsomethingPARE')
    await expect(loadParquet(join(folder, 'secret.parquet'))).rejects.toThrow(/is an encrypted Parquet file/)
    await expect(loadParquet(join(folder, 'absent.parquet'))).rejects.toThrow(/does not exist/)
    await expect(loadParquet(folder)).rejects.toThrow(/is a folder/)
    const none = await write('none.parquet', { columnData: [{ name: 'x', data: new Float32Array(0) }] })
    await expect(loadParquet(none)).rejects.toThrow(/has no rows/)
  })
})

describe('Parquet of any bytes', () => {
  const parts = (bytes: Uint8Array): FileParts => ({
    path: 'any.parquet',
    size: bytes.length,
    read: async (offset, count) => {
      if (offset < 0 || offset + count > bytes.length) throw new Error('beyond the end')
      return bytes.slice(offset, offset + count)
    },
  })
  const framed = (footer: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(footer.length)
    return Buffer.concat([Buffer.from('PAR1'), footer, length, Buffer.from('PAR1')])
  }
  const harmless = async (bytes: Uint8Array, options: ParquetOptions = {}) => {
    try {
      const { values, size, sampleShape, labels } = await parquetDataset(parts(bytes), options)
      expect(values).toHaveLength(size * sampleShape[0])
      expect(values.every(Number.isFinite)).toBe(true)
      if (labels) expect(labels).toHaveLength(size)
    } catch (error) {
      if (!DcError.isInstance(error)) throw error
    }
  }
  const files: [string, ParquetOptions][] = [
    ['polars', { label: 'class' }],
    ['zstd-v2', { label: 'class' }],
    ['snappy', { label: 'class' }],
    ['lz4', { label: 'class' }],
    ['encodings', { label: 'prefixes' }],
    ['encodings', { label: 'lengths' }],
    ['missing', { features: 'whole', label: 'class' }],
    ['missing', { features: 'list' }],
    ['numbers', { label: 'truth' }],
    ['half-lists', {}],
    ['old-lists', { features: ['x', 'y'] }],
    ['pandas-index', { label: 'class' }],
    ['polars-duration', {}],
  ]

  it.each(files)('is data or a DataError: %s %o, cut, with bits turned, overwritten', async (name, options) => {
    const bytes = mutated([readFileSync(fixture(name))])
    await fc.assert(
      fc.asyncProperty(bytes, (changed) => harmless(changed, options)),
      { numRuns: 150 },
    )
  })

  it('is data or a DataError: random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await harmless(bytes)
        // With what makes it look like one.
        await harmless(framed(bytes))
      }),
      { numRuns: 300 },
    )
  })

  it('costs no more than its size', async () => {
    // Lists in lists, each of which says it is long.
    const lists = Buffer.alloc(50_000, Buffer.from([0xf9, 0xff, 0xff, 0xff, 0x7f]))
    await expect(parquetDataset(parts(framed(lists)), {})).rejects.toThrow(
      /a Thrift list has \d+ elements but ends before/,
    )
    await expect(parquetDataset(parts(framed(Buffer.alloc(50_000, 0x1c))), {})).rejects.toThrow(/nested too deep/)
    await expect(parquetDataset(parts(framed(Buffer.alloc(50_000, 0xff))), {})).rejects.toThrow(/Thrift/)
    // A page that says it becomes 2^31 bytes, and one of 2^31 values.
    const whole = readFileSync(fixture('snappy'))
    for (const field of [2, 3]) {
      const bytes = Buffer.from(whole)
      bytes.set([0xfe, 0xff, 0xff, 0xff, 0x0f], 4 + 2 * (field - 1) + 1)
      await expect(parquetDataset(parts(bytes), { features: 'id' })).rejects.toThrow(/any.parquet/)
    }
    await expect(parquetDataset(parts(whole), { features: 'id', maxUnpackedBytes: 20 })).rejects.toThrow(
      /becomes more than 20 bytes when it is unpacked/,
    )
    expect((await parquetDataset(parts(whole), { features: 'id', maxUnpackedBytes: 1000 })).size).toBe(7)
  })

  it('is what was written, where pages have checksums, or refused', async () => {
    const whole = readFileSync(fixture('lz4'))
    const messages = new Set<string>()
    // The pages of the first group of rows.
    for (let at = 4; at < 400; at++) {
      const bytes = Uint8Array.from(whole)
      bytes[at] ^= 16
      const found = await parquetDataset(parts(bytes), {}).catch((error: Error) => error)
      if (found instanceof Error) messages.add(found.message)
      else expect([...found.values]).toEqual(embedding)
    }
    expect([...messages].some((message) => /the checksum of a page does not fit its bytes/.test(message))).toBe(true)
  })
})
