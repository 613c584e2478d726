import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadNpz, loadParquet, readMat, readNpz } from '../index'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'))
})

describe('.npz', () => {
  it.each(['stored.npz', 'deflated.npz'])('reads what NumPy wrote: %s', async (name) => {
    const { x, y } = await readNpz(fixture(name))
    expect(x).toEqual({ dtype: '<f4', shape: [3, 2], values: Float64Array.of(0, 1, 2, 3, 4, 5) })
    expect([...y.values]).toEqual([2, 0, 2])
    const dataset = await loadNpz(fixture(name), { labels: 'y' })
    expect(dataset.sampleShape).toEqual([2])
    expect([...dataset.labels!]).toEqual([1, 0, 1])
  })

  it('says what is absent or broken', async () => {
    await expect(readNpz(fixture('stored.npz'), ['z'])).rejects.toThrow(/no array 'z'; it has x, y/)
    await expect(loadNpz(fixture('stored.npz'), { features: 'x', labels: 'x' })).rejects.toThrow(
      /labels of shape \[3, 2\]/,
    )
    await writeFile(join(folder, 'no.npz'), 'This is no archive at all, though long enough.')
    await expect(readNpz(join(folder, 'no.npz'))).rejects.toThrow(/is not a .npz file/)
  })
})

describe('Parquet', () => {
  const write = async (name: string, columns: Parameters<typeof parquetWriteBuffer>[0]) => {
    const path = join(folder, name)
    await writeFile(path, new Uint8Array(parquetWriteBuffer(columns)))
    return path
  }

  it.each(['snappy', 'gzip', 'brotli'])(
    'reads lists in several groups of rows, as pyarrow wrote them: %s',
    async (name) => {
      const dataset = await loadParquet(fixture(`${name}.parquet`), { label: 'class' })
      expect([dataset.size, dataset.sampleShape]).toEqual([7, [3]])
      expect([...dataset.values]).toEqual([0, 1, 2, 3, 4, 5, 6].flatMap((i) => [i, i / 2, 0 - i]))
      expect(dataset.classNames).toEqual(['a', 'b'])
      expect([...dataset.labels!]).toEqual([1, 0, 1, 0, 0, 1, 1])
    },
  )

  it('reads columns of numbers', async () => {
    const path = await write('columns.parquet', {
      columnData: [
        { name: 'a', data: new Float32Array([1, 2]) },
        { name: 'b', data: new Int32Array([3, 4]) },
        { name: 'y', data: new Int32Array([5, 6]) },
      ],
    })
    expect([...(await loadParquet(path, { label: 'y' })).values]).toEqual([1, 3, 2, 4])
    expect([...(await loadParquet(path, { features: ['b', 'a'] })).values]).toEqual([3, 1, 4, 2])
    await expect(loadParquet(path, { features: 'c' })).rejects.toThrow(/no column 'c'; it has a, b, y/)
  })

  it('says where lists differ, values are missing, or the file is none', async () => {
    const uneven = await write('uneven.parquet', { columnData: [{ name: 'x', data: [[1, 2], [3]] }] })
    await expect(loadParquet(uneven)).rejects.toThrow(/holds 1 numbers in row 1, 2 in row 0/)
    const missing = await write('missing.parquet', {
      columnData: [{ name: 'x', data: [1, null, 2], type: 'DOUBLE', nullable: true }],
    })
    await expect(loadParquet(missing)).rejects.toThrow(/missing or non-numeric value in row 1, feature 0/)
    await writeFile(join(folder, 'no.parquet'), 'no parquet file')
    await expect(loadParquet(join(folder, 'no.parquet'))).rejects.toThrow(/is not a readable Parquet file/)
    await expect(loadParquet(join(folder, 'absent.parquet'))).rejects.toThrow(/does not exist/)
  })
})

describe('MATLAB files', () => {
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

  it('refuses other files', async () => {
    await writeFile(join(folder, 'no.mat'), Buffer.alloc(200, 32))
    await expect(readMat(join(folder, 'no.mat'))).rejects.toThrow(/not a little-endian MATLAB 5 file/)
  })
})
