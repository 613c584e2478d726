import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError } from '@dc/core/plugin'
import { afterAll, describe, expect, it } from 'vitest'
import { readIdx } from '../formats/idx'
import { idx } from '../testing/bytes'
import { loadIdx } from './idx'
import { isIdxName } from './idx-files'

const root = mkdtempSync(join(tmpdir(), 'dc-idx-'))
afterAll(() => rmSync(root, { recursive: true }))
let count = 0
/** A folder of files by their names. */
function folder(files: Record<string, Uint8Array>): string {
  const path = join(root, `${count++}`)
  mkdirSync(path)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes)
  return path
}
/** So many images of 1×2, each with the number of its part. */
const images = (n: number, value = 0) => idx(8, [n, 1, 2], new Array(2 * n).fill(value))
const labels = (...values: number[]) => idx(8, [values.length], values)
const [plainImages, plainLabels] = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte']

describe('readIdx', () => {
  it('reads every type, big endian, in an array of its own type', async () => {
    const read = async (type: number, body: number[]) => {
      const path = join(folder({ 'a.idx': idx(type, [2], body) }), 'a.idx')
      return (await readIdx(path)).values
    }
    expect(await read(8, [0, 255])).toEqual(Uint8Array.of(0, 255))
    expect(await read(9, [0, 255])).toEqual(Int8Array.of(0, -1))
    expect(await read(11, [255, 254, 0, 3])).toEqual(Int16Array.of(-2, 3))
    expect(await read(12, [255, 255, 255, 254, 0, 1, 0, 0])).toEqual(Int32Array.of(-2, 65536))
    expect(await read(13, [0x3f, 0xa0, 0, 0, 0xc0, 0xe0, 0, 0])).toEqual(Float32Array.of(1.25, -7))
    expect(await read(14, [0x3f, 0xf4, 0, 0, 0, 0, 0, 0, 0xc0, 0x1c, 0, 0, 0, 0, 0, 0])).toEqual(
      Float64Array.of(1.25, -7),
    )
  })

  it('says what is wrong', async () => {
    const path = folder({
      short: idx(8, [9], [1, 2]),
      long: idx(8, [1], [1, 2]),
      huge: idx(14, [0xffffffff, 0xffffffff, 0xffffffff], [1]),
      'packed huge': gzipSync(idx(8, [0xffffffff, 0xffffffff], [1])),
      'no rank': idx(8, [], [1]),
      'cut sides': Uint8Array.of(0, 0, 8, 3, 0, 0),
      'no type': idx(10, [1], [1]),
      text: Buffer.from('plain text'),
      empty: Buffer.from(''),
      'broken.gz': gzipSync(idx(8, [1000], new Array(1000).fill(7))).subarray(0, -10),
    })
    const bad = {
      short: /9 bytes are asked for, 2 are there/,
      long: /goes on after its values/,
      huge: /1 are there/,
      'packed huge': /bytes are asked for/,
      'no rank': /is not an IDX file/,
      'cut sides': /ends inside its header/,
      'no type': /is not an IDX file/,
      text: /is not an IDX file/,
      empty: /is empty/,
      'broken.gz': /is not a whole gzip file/,
    }
    for (const [name, why] of Object.entries(bad)) await expect(readIdx(join(path, name)), name).rejects.toThrow(why)
  })
})

describe('loadIdx', () => {
  it('loads images and labels', async () => {
    const path = folder({
      [`${plainImages}.gz`]: gzipSync(idx(8, [2, 2, 2], [0, 255, 51, 0, 1, 2, 3, 4])),
      [plainLabels]: labels(7, 3),
    })
    const dataset = await loadIdx(path)
    expect(dataset.sampleShape).toEqual([2, 2, 1])
    expect(dataset.values[2]).toBeCloseTo(0.2)
    expect([...dataset.labels!]).toEqual([1, 0])
    expect(dataset.classNames).toEqual(['3', '7'])
    expect(dataset.image?.range).toEqual([0, 1])
    expect(dataset.notices).toEqual([])
  })

  it('takes a plain file and its packed copy as one, and says so', async () => {
    const path = folder({
      [plainImages]: images(2, 255),
      [`${plainImages}.gz`]: gzipSync(images(2, 255)),
      [plainLabels]: labels(0, 1),
      [`${plainLabels}.gz`]: gzipSync(labels(0, 1)),
    })
    const dataset = await loadIdx(path, 'all')
    expect([dataset.size, ...dataset.labels!]).toEqual([2, 0, 1])
    expect(dataset.notices).toEqual([
      "took 't10k-images-idx3-ubyte'; 't10k-images-idx3-ubyte.gz' is its packed copy and was not read",
      "took 't10k-labels-idx1-ubyte'; 't10k-labels-idx1-ubyte.gz' is its packed copy and was not read",
    ])
  })

  it('joins train and test, each with its own labels', async () => {
    const path = folder({
      't10k-images-idx3-ubyte': images(1, 51),
      't10k-labels-idx1-ubyte': labels(4),
      'train-images-idx3-ubyte': images(2, 255),
      'train-labels-idx1-ubyte': labels(9, 4),
    })
    const all = await loadIdx(path, 'all')
    expect([...all.values]).toEqual([1, 1, 1, 1, Math.fround(0.2), Math.fround(0.2)])
    expect([...all.labels!]).toEqual([1, 0, 0])
    expect([(await loadIdx(path)).size, (await loadIdx(path, 'train')).size]).toEqual([1, 2])
    expect([...(await loadIdx(join(path, 'train-images-idx3-ubyte'))).labels!]).toEqual([1, 0])
    expect((await loadIdx(path, 'all', { labels: false })).labels).toBeUndefined()
  })

  it('falls back to what there is, and says so', async () => {
    const path = folder({ 'train-images-idx3-ubyte': images(2), 'train-labels-idx1-ubyte': labels(1, 2) })
    const dataset = await loadIdx(path)
    expect([dataset.size, dataset.notices]).toEqual([2, ["there are no test images; took 'train-images-idx3-ubyte'"]])
    await expect(loadIdx(folder({ [plainImages]: images(1) }), 'train')).rejects.toThrow(
      /holds no train images; there are: 't10k-images-idx3-ubyte'/,
    )
  })

  it('does not join sets of other labels', async () => {
    const path = folder({
      'emnist-letters-test-images-idx3-ubyte': images(2, 51),
      'emnist-letters-test-labels-idx1-ubyte': labels(1, 26),
      'emnist-digits-test-images-idx3-ubyte': images(1, 255),
      'emnist-digits-test-labels-idx1-ubyte': labels(9),
    })
    await expect(loadIdx(path)).rejects.toThrow(
      /several sets: 'emnist-digits', 'emnist-letters'. Name one with option set/,
    )
    expect([...(await loadIdx(path, 'test', { set: 'emnist-letters' })).classNames!]).toEqual(['1', '26'])
    expect((await loadIdx(join(path, 'emnist-digits-test-images-idx3-ubyte'))).classNames).toEqual(['9'])
    await expect(loadIdx(path, 'test', { set: 'mnist' })).rejects.toThrow(/holds no set 'mnist'/)
    const disjoint = folder({
      't10k-images-idx3-ubyte': images(1),
      't10k-labels-idx1-ubyte': labels(50),
      'train-images-idx3-ubyte': images(2),
      'train-labels-idx1-ubyte': labels(1, 2),
    })
    await expect(loadIdx(disjoint, 'all')).rejects.toThrow(/no class in common/)
  })

  it('marks the images of a part without labels as unknown', async () => {
    const path = folder({
      't10k-images-idx3-ubyte': images(1),
      'train-images-idx3-ubyte': images(2),
      'train-labels-idx1-ubyte': labels(3, 8),
    })
    const all = await loadIdx(path, 'all')
    expect([...all.labels!]).toEqual([0, 1, -1])
    expect(all.notices![0]).toBe("'t10k-images-idx3-ubyte' has no labels file")
    const unknown = folder({ [plainImages]: images(3), [plainLabels]: idx(9, [3], [255, 0, 5]) })
    expect([...(await loadIdx(unknown)).labels!]).toEqual([-1, 0, 1])
  })

  it('says which labels files fit no images', async () => {
    const path = folder({
      'emnist-letters-test-images-idx3-ubyte': images(2),
      'emnist-digits-test-labels-idx1-ubyte': labels(1, 2),
    })
    const { labels: none, notices } = await loadIdx(path)
    expect([none, notices]).toEqual([
      undefined,
      ["labels that are of no images by their names were not read: 'emnist-digits-test-labels-idx1-ubyte'"],
    ])
    const other = folder({ 'mnist-test-images-idx3-ubyte': images(2), 't10k-labels-idx1-ubyte': labels(1, 2) })
    expect((await loadIdx(other)).notices).toEqual([
      "labels that are of no images by their names were not read: 't10k-labels-idx1-ubyte'",
    ])
  })

  it('takes labels of shape [n, 1], and refuses others', async () => {
    const of = (bytes: Uint8Array) => loadIdx(folder({ [plainImages]: images(2), [plainLabels]: bytes }))
    expect([...(await of(idx(8, [2, 1], [4, 2]))).labels!]).toEqual([1, 0])
    await expect(of(idx(8, [2, 3], [1, 2, 3, 4, 5, 6]))).rejects.toThrow(/labels of shape \[2, 3\]; expected \[2\]/)
    await expect(of(labels(1, 2, 3))).rejects.toThrow(/labels of shape \[3\]/)
  })

  it('leaves out what is no data', async () => {
    const path = folder({
      [plainImages]: images(2),
      [`._${plainImages}`]: images(1),
      [`${plainImages}.gz.part`]: images(1),
      [`${plainImages}.md5`]: images(1),
    })
    // As Kaggle packs MNIST: a folder of the same name.
    mkdirSync(join(path, 't10k-images.idx3-ubyte'))
    expect((await loadIdx(path)).size).toBe(2)
    const linked = folder({ [plainLabels]: labels(1, 2) })
    symlinkSync(join(path, plainImages), join(linked, plainImages))
    expect([...(await loadIdx(linked)).labels!]).toEqual([0, 1])
    const broken = folder({})
    symlinkSync(join(path, 'gone'), join(broken, plainImages))
    await expect(loadIdx(broken)).rejects.toThrow(
      /t10k-images-idx3-ubyte': it is a link to something that does not exist/,
    )
    expect(['t10k-images.idx3-ubyte', 'Train-Images-IDX3-ubyte.GZ'].map(isIdxName)).toEqual([true, true])
    expect(['._t10k-images-idx3-ubyte', 'images.png', 't10k-images-idx3-ubyte.zip'].map(isIdxName)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('says what is not clear, or wrong', async () => {
    const twice = folder({ [plainImages]: images(2), 't10k-images.idx3-ubyte': images(2) })
    await expect(loadIdx(twice)).rejects.toThrow(
      /'t10k-images-idx3-ubyte' and 't10k-images.idx3-ubyte' are the images of one part/,
    )
    await expect(loadIdx(join(root, 'missing'))).rejects.toThrow(/missing': it does not exist/)
    await expect(loadIdx(folder({ 'notes.txt': images(1) }))).rejects.toThrow(/holds no IDX images/)
    await expect(loadIdx(folder({ [plainImages]: labels(1, 2) }))).rejects.toThrow(/images have three dimensions/)
    await expect(loadIdx(folder({ [plainImages]: images(0) }))).rejects.toThrow(DataError)
    const sizes = folder({ [plainImages]: images(2), 'train-images-idx3-ubyte': idx(8, [1, 2, 2], [1, 2, 3, 4]) })
    await expect(loadIdx(sizes, 'all')).rejects.toThrow(/differ in image size or type/)
  })
})
