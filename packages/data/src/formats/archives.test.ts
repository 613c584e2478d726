import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadParquet } from '../index'

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'))
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
