import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCars196, loadCub200, loadINaturalist, loadProducts, loadTinyImageNet } from '../index'
import { putPicture as put, reds, temporaryFolder } from './fixtures/pictures'

const root = await temporaryFolder('published')
const cache = join(root, 'cache')

describe('published sets', () => {
  const size = [4, 4] as const

  it('reads CUB-200', async () => {
    const folder = join(root, 'CUB_200_2011')
    for (const [name, red] of [
      ['001.A/1.png', 10],
      ['002.B_C/2.png', 20],
      ['002.B_C/3.png', 30],
    ] as const)
      await put(join(folder, 'images', name), red)
    const files = {
      'images.txt': '1 001.A/1.png\n2 002.B_C/2.png\n3 002.B_C/3.png\n',
      'image_class_labels.txt': '1 1\n2 2\n3 2\n',
      'classes.txt': '1 001.A\n2 002.B_C\n',
      'train_test_split.txt': '1 1\n2 0\n3 1\n',
      'bounding_boxes.txt': '1 0.0 0.0 4.0 4.0\n2 1 1 3 3\n3 2.0 2.0 50.0 50.0\n',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const rows = async (split: 'train' | 'test' | 'first-half' | 'second-half') =>
      reds(await (await loadCub200(root, { size, cache, split })).read([0]), 48)
    expect(await rows('train')).toEqual([10])
    expect(await rows('test')).toEqual([20])
    expect(await rows('second-half')).toEqual([20])
    const all = await loadCub200(folder, { size, cache, boundingBoxes: true })
    expect([[...all.labels!], all.classNames]).toEqual([
      [0, 1, 1],
      ['A', 'B C'],
    ])
    await writeFile(join(folder, 'classes.txt'), '1\n')
    await expect(loadCub200(folder, { size, cache })).rejects.toThrow(
      /Line 1 of 'classes.txt' has 1 fields; expected 2/,
    )
  })

  it('reads Cars196', async () => {
    const folder = join(root, 'cars')
    for (const [i, red] of [10, 20, 30].entries()) await put(join(folder, 'car_ims', `00000${i + 1}.png`), red)
    await writeFile(
      join(folder, 'cars_annos.mat'),
      await readFile(new URL('./fixtures/cars_annos.mat', import.meta.url)),
    )
    const all = await loadCars196(folder, { size, cache, boundingBoxes: true })
    expect([[...all.labels!], all.classNames![1]]).toEqual([[0, 1, 0], 'Acura RL Sedan 2012'])
    expect(reds(await all.read([0, 1, 2]), 48)).toEqual([10, 20, 30])
    expect((await loadCars196(folder, { size, cache, split: 'test' })).paths[0]).toMatch(/000003/)
    expect((await loadCars196(folder, { size, cache, split: 'second-half' })).paths).toHaveLength(1)
  })

  it('reads Stanford Online Products', async () => {
    const folder = join(root, 'Stanford_Online_Products')
    for (const name of ['bicycle_final/1_0.png', 'bicycle_final/1_1.png', 'coffee_maker_final/2_0.png'])
      await put(join(folder, name), 5)
    const lines = [
      'image_id class_id super_class_id path',
      '1 11 1 bicycle_final/1_0.png',
      '2 11 1 bicycle_final/1_1.png',
    ]
    await writeFile(join(folder, 'Ebay_test.txt'), [...lines, '3 12 4 coffee_maker_final/2_0.png', ''].join('\r\n'))
    const products = await loadProducts(root, { size, cache, split: 'test' })
    expect([[...products.labels!], products.classNames]).toEqual([
      [0, 0, 1],
      ['11', '12'],
    ])
    const kinds = await loadProducts(root, { size, cache, split: 'test', labels: 'kind' })
    expect(kinds.classNames).toEqual(['bicycle', 'coffee maker'])
  })

  it('reads iNaturalist', async () => {
    const folder = join(root, 'inat')
    for (const [name, red] of [
      ['x/1.png', 10],
      ['y/2.png', 20],
      ['z/3.png', 30],
    ] as const)
      await put(join(folder, name), red)
    const annotations = join(folder, 'train2018.json')
    await writeFile(
      annotations,
      JSON.stringify({
        images: [1, 2, 3].map((id) => ({ id, file_name: `${'xyz'[id - 1]}/${id}.png` })),
        annotations: [1, 2, 3].map((id) => ({ image_id: id, category_id: id * 10 })),
        categories: [10, 20, 30].map((id) => ({ id, name: `species ${id}` })),
      }),
    )
    const some = await loadINaturalist(folder, { annotations, categories: [30, 10], size, cache })
    expect([[...some.labels!], some.classNames]).toEqual([
      [1, 0],
      ['species 30', 'species 10'],
    ])
    expect(reds(await some.read([0, 1]), 48)).toEqual([10, 30])
    const drawn = await loadINaturalist(folder, { annotations, categories: 2, seed: 1, size, cache })
    expect(drawn.classNames).toHaveLength(2)
    await expect(loadINaturalist(folder, { annotations, categories: [5], size })).rejects.toThrow(/categories: got 5/)
  })

  it('reads Tiny-ImageNet', async () => {
    const folder = join(root, 'tiny-imagenet-200')
    await put(join(folder, 'train', 'n01', 'images', 'n01_0.JPEG'), 10)
    await put(join(folder, 'train', 'n02', 'images', 'n02_0.JPEG'), 20)
    await put(join(folder, 'val', 'images', 'val_0.JPEG'), 30)
    await writeFile(join(folder, 'wnids.txt'), 'n02\nn01\n')
    await writeFile(join(folder, 'words.txt'), 'n01\tgoldfish, Carassius auratus\nn02\tants\n')
    await writeFile(join(folder, 'val', 'val_annotations.txt'), 'val_0.JPEG\tn01\t0\t32\t44\t62\n')
    const all = await loadTinyImageNet(root, { split: 'all', cache })
    expect([[...all.labels!], all.classNames]).toEqual([
      [0, 1, 1],
      ['ants', 'goldfish'],
    ])
    expect(all.sampleShape).toEqual([64, 64, 3])
  })
})
