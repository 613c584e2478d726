import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { npy, npyFile, zip } from '../testing/bytes'
import { loadNpz } from './npz'

const fixture = (name: string) => fileURLToPath(new URL(`../formats/fixtures/${name}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dc-npz-set-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function file(arrays: Record<string, Uint8Array>): string {
  const path = join(folder, `${count++}.npz`)
  writeFileSync(path, zip(Object.entries(arrays).map(([name, data]) => ({ name: `${name}.npy`, data, method: 8 }))))
  return path
}
const features = npy('<f4', '(2, 2)', Float32Array.of(1, 2, 3, 4))
const classes = npy('<i8', '(2,)', BigInt64Array.of(7n, 3n))
const object = npy('|O', '(2,)', new Uint8Array(5))

describe('loadNpz', () => {
  it('takes the one array of samples and the one of labels, and says so', async () => {
    const dataset = await loadNpz(fixture('stored.npz'))
    expect([dataset.sampleShape, [...dataset.labels!]]).toEqual([[2], [1, 0, 1]])
    expect(dataset.notices).toEqual(["took 'x' of shape [3, 2] as the samples", "took 'y' as the labels"])
    const named = await loadNpz(fixture('stored.npz'), { features: 'x', labels: 'y' })
    expect([[...named.labels!], named.notices]).toEqual([[1, 0, 1], []])
    expect((await loadNpz(fixture('stored.npz'), { labels: false })).labels).toBeUndefined()
  })

  it("reads images as .npy's are read, with the labels of their part: MedMNIST, MNIST", async () => {
    const medical = fixture('medmnist-like.npz')
    await expect(loadNpz(medical)).rejects.toThrow(
      /has 3 arrays that may be the samples: 'train_images' of shape \[6, 4, 4, 3\], 'val_images'.*Name one with option features/,
    )
    const train = await loadNpz(medical, { features: 'train_images' })
    expect([train.sampleShape, train.image]).toEqual([[4, 4, 3], { height: 4, width: 4, channels: 3, range: [0, 1] }])
    expect(Math.max(...train.values)).toBeLessThanOrEqual(1)
    expect([...train.labels!]).toEqual([0, 1, 2, 0, 1, 2])
    expect(train.notices).toEqual(["took 'train_labels' as the labels"])
    const digits = await loadNpz(fixture('mnist-like.npz'), { features: 'x_train' })
    expect([digits.sampleShape, digits.classNames]).toEqual([
      [4, 4, 1],
      ['0', '1', '4', '5', '9'],
    ])
    expect((await loadNpz(fixture('mnist-like.npz'), { features: 'x_test', labels: 'y_test' })).size).toBe(3)
    await expect(loadNpz(fixture('mnist-like.npz'), { features: 'x_test', labels: 'y_train' })).rejects.toThrow(
      /npz:y_train' holds labels of shape \[5\]; expected \[3\]/,
    )
  })

  it('takes labels by their names alone', async () => {
    const ids = npy('<i8', '(2,)', BigInt64Array.of(100n, 101n))
    expect((await loadNpz(file({ features, ids }))).labels).toBeUndefined()
    expect((await loadNpz(file({ image_embeddings: features, labels: classes }))).classNames).toEqual(['3', '7'])
    expect((await loadNpz(file({ imageEmbeddings: features, targets: classes }))).classNames).toEqual(['3', '7'])
    // Of another part, and as long by chance.
    const other = await loadNpz(file({ x_train: features, y_test: classes }))
    expect([other.labels, other.notices![1]]).toEqual([
      undefined,
      "took no labels; if they are in 'y_test', name it with option labels",
    ])
    const two = await loadNpz(file({ x: features, y: classes, labels: classes }))
    expect([two.labels, two.notices![1]]).toEqual([
      undefined,
      "took no labels; if they are in 'y', 'labels', name it with option labels",
    ])
    // pandas' texts are objects for NumPy.
    const objects = await loadNpz(file({ x: features, y: object, names: object }))
    expect([objects.labels, objects.notices]).toEqual([
      undefined,
      [
        "took 'x' of shape [2, 2] as the samples",
        "took no labels from 'y', which cannot be read; the error says why if it is named with option labels",
      ],
    ])
    const column = npy('|u1', '(2, 1)', Uint8Array.of(1, 0))
    expect([...(await loadNpz(file({ labels: column, features }))).labels!]).toEqual([1, 0])
    const text = npy('<U1', '(2,)', Uint32Array.of(0x62, 0x61))
    expect((await loadNpz(file({ x: features, y: text }))).classNames).toEqual(['a', 'b'])
  })

  it('is not hurt by arrays that nobody asked for', async () => {
    const path = file({
      object,
      x: features,
      text: npy('<U1', '(2, 2)', new Uint32Array(4)),
      broken: npyFile('{', features),
    })
    expect((await loadNpz(path)).size).toBe(2)
    await expect(loadNpz(path, { features: 'object' })).rejects.toThrow(/npz:object' holds dtype '\|O': Python objects/)
    await expect(loadNpz(path, { features: 'text' })).rejects.toThrow(/of text \(<U1\)/)
  })

  it('says what is absent or not clear', async () => {
    await expect(loadNpz(fixture('stored.npz'), { features: 'z' })).rejects.toThrow(/no array 'z'; it has 'x', 'y'/)
    await expect(loadNpz(fixture('stored.npz'), { features: 'x', labels: 'z' })).rejects.toThrow(/no array 'z'/)
    await expect(loadNpz(fixture('stored.npz'), { features: 'x', labels: 'x' })).rejects.toThrow(
      /labels of shape \[3, 2\]/,
    )
    await expect(loadNpz(file({ a: features, b: features }))).rejects.toThrow(/'a' of shape \[2, 2\], 'b' of shape/)
    await expect(loadNpz(file({ y: classes, object }))).rejects.toThrow(
      /no array of numbers .* its arrays: 'y', 'object'/,
    )
    await expect(loadNpz(file({}))).rejects.toThrow(/its arrays: none/)
  })
})
