import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDataset } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCifar10, loadCifar100, loadStl10 } from '../index'

let root: string
/** Any byte, told from every other place. */
const byte = (image: number, at: number) => (image * 31 + at * 7) % 256

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'byte-images-'))
  const record = (image: number, labels: number[]) =>
    Buffer.from([...labels, ...Array.from({ length: 3072 }, (_, at) => byte(image, at))])
  const ten = join(root, 'ten', 'cifar-10-batches-bin')
  await mkdir(ten, { recursive: true })
  for (let part = 1; part <= 5; part++)
    await writeFile(
      join(ten, `data_batch_${part}.bin`),
      Buffer.concat([record(2 * part - 2, [part]), record(2 * part - 1, [0])]),
    )
  await writeFile(join(ten, 'test_batch.bin'), Buffer.concat([record(10, [9]), record(11, [8])]))
  const hundred = join(root, 'hundred')
  await mkdir(hundred)
  const train = Array.from({ length: 300 }, (_, i) => record(i, [Math.floor((i % 100) / 5), i % 100]))
  await writeFile(join(hundred, 'train.bin'), Buffer.concat(train))
  await writeFile(join(hundred, 'coarse_label_names.txt'), Array.from({ length: 20 }, (_, i) => `kind_${i}\n`).join(''))
  const stl = join(root, 'stl')
  await mkdir(stl)
  const planes = Array.from({ length: 2 * 27648 }, (_, at) => byte(Math.floor(at / 27648), at % 27648))
  await writeFile(join(stl, 'train_X.bin'), Uint8Array.from(planes))
  await writeFile(join(stl, 'train_y.bin'), Uint8Array.of(10, 1))
})

testDataset({ describe, it }, 'cifar-10', () => loadCifar10(join(root, 'ten'), 'train', { partial: true }))
testDataset({ describe, it }, 'stl-10', () => loadStl10(join(root, 'stl'), 'train', { partial: true }))

describe('CIFAR', () => {
  it('puts planes into pixels, over several files', async () => {
    const cifar = await loadCifar10(join(root, 'ten'), 'all', { partial: true })
    expect([cifar.size, cifar.sampleShape]).toEqual([12, [32, 32, 3]])
    expect([...cifar.labels!]).toEqual([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 9, 8])
    expect(cifar.classNames![9]).toBe('truck')
    const pixels = await cifar.read([11, 4])
    const at = (i: number, y: number, x: number, c: number) => pixels[((i * 32 + y) * 32 + x) * 3 + c] * 255
    expect(at(0, 3, 5, 2)).toBeCloseTo(byte(11, 2 * 1024 + 3 * 32 + 5), 4)
    expect(at(1, 31, 0, 0)).toBeCloseTo(byte(4, 31 * 32), 4)
  })

  it('has fine labels and superclasses', async () => {
    const fine = await loadCifar100(join(root, 'hundred'), { partial: true })
    const coarse = await loadCifar100(join(root, 'hundred'), { labels: 'coarse', partial: true })
    expect([fine.labels![199], coarse.labels![199]]).toEqual([99, 19])
    expect([fine.classNames, coarse.classNames![19]]).toEqual([undefined, 'kind_19'])
  })

  it('thins to a long tail by the published rounding', async () => {
    const tailed = await loadCifar100(join(root, 'hundred'), { longTail: { ratio: 0.1, seed: 0 }, partial: true })
    const expected = Array.from({ length: 100 }, (_, c) => Math.max(1, Math.floor(3 * 0.1 ** (c / 99))))
    const counts = new Array(100).fill(0)
    for (const label of tailed.labels!) counts[label]++
    expect(counts).toEqual(expected)
    expect(tailed.name).toBe('CIFAR-100-LT')
  })

  it('says what is wrong with a file', async () => {
    await expect(loadCifar10(join(root, 'hundred'))).rejects.toThrow(/'data_batch_1.bin' is not in/)
    const broken = join(root, 'broken')
    await mkdir(broken)
    await writeFile(join(broken, 'train.bin'), Buffer.alloc(3000))
    await expect(loadCifar100(broken)).rejects.toThrow(/has 3000 bytes; expected a positive multiple of 3074/)
    await writeFile(join(broken, 'test_batch.bin'), Buffer.alloc(3073, 77))
    await expect(loadCifar10(broken, 'test', { partial: true })).rejects.toThrow(/holds label 77; allowed are 0…9/)
    await mkdir(join(broken, 'test.bin'))
    await expect(loadCifar100(broken, { split: 'test' })).rejects.toThrow(/test.bin' is no file/)
  })

  it('refuses files that were cut between two images', async () => {
    await expect(loadCifar10(join(root, 'ten'))).rejects.toThrow(
      /data_batch_1.bin' holds 2 images; as published it has 10000. It may be cut; .*'partial'/,
    )
    await expect(loadCifar100(join(root, 'hundred'))).rejects.toThrow(/train.bin' holds 300 images; .* 50000/)
    await expect(loadStl10(join(root, 'stl'), 'train')).rejects.toThrow(/train_X.bin' holds 2 images; .* 5000/)
    // Whole: of the length that was published, without taking its place on the disk.
    const whole = join(root, 'whole')
    await mkdir(whole)
    await writeFile(join(whole, 'test_batch.bin'), '')
    await truncate(join(whole, 'test_batch.bin'), 10_000 * 3073)
    expect((await loadCifar10(whole, 'test')).size).toBe(10_000)
  })

  it('says what happened to a file that is gone when its images are read', async () => {
    const folder = join(root, 'gone')
    await mkdir(folder)
    await writeFile(join(folder, 'test_batch.bin'), Buffer.alloc(2 * 3073))
    const cifar = await loadCifar10(folder, 'test', { partial: true })
    await truncate(join(folder, 'test_batch.bin'), 3073)
    await expect(cifar.read([0, 1])).rejects.toThrow(/test_batch.bin' ends before image 1/)
    await rm(join(folder, 'test_batch.bin'))
    await expect(cifar.read([0])).rejects.toThrow(/test_batch.bin': it does not exist/)
  })
})

describe('STL-10', () => {
  it('puts columns into rows', async () => {
    const stl = await loadStl10(join(root, 'stl'), 'train', { partial: true })
    expect([...stl.labels!]).toEqual([9, 0])
    const pixels = await stl.read([1])
    expect(pixels[(20 * 96 + 50) * 3 + 1] * 255).toBeCloseTo(byte(1, 96 * 96 + 50 * 96 + 20), 4)
  })

  it('refuses labels that do not fit', async () => {
    const folder = join(root, 'stl-broken')
    await mkdir(folder)
    await writeFile(join(folder, 'test_X.bin'), Buffer.alloc(27648))
    await writeFile(join(folder, 'test_y.bin'), Uint8Array.of(1, 2))
    await expect(loadStl10(folder, 'test', { partial: true })).rejects.toThrow(/has 2 labels for 1 images/)
  })
})
