import { readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCars196, loadCub200, loadProducts, loadTinyImageNet } from '../index'
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
    const refused = async (name: keyof typeof files, text: string, error: RegExp) => {
      await writeFile(join(folder, name), text)
      const options = { size, cache, boundingBoxes: true, split: 'train' } as const
      await expect(loadCub200(folder, options)).rejects.toThrow(error)
      await writeFile(join(folder, name), files[name])
    }
    await refused('classes.txt', '1\n', /Line 1 of 'classes.txt' has 1 fields; expected 2/)
    await refused('image_class_labels.txt', '1 1\n2 x\n3 2\n', /Line 2 of 'image_class_labels.txt' names class 'x'/)
    await refused('image_class_labels.txt', '1 1\n2 2\n', /'image_class_labels.txt' has no line for image '3'/)
    await refused(
      'images.txt',
      '1 001.A/1.png\n\n1 x.png\n',
      /Line 3 of 'images.txt' is the second of '1', after line 1/,
    )
    await refused(
      'images.txt',
      '1 ../../../etc/passwd\n',
      /images.txt' names '..\/..\/..\/etc\/passwd', which is no file below/,
    )
    await refused('train_test_split.txt', '1 1\n2 2\n3 1\n', /Line 2 of 'train_test_split.txt' has '2' where 0 or 1/)
    await refused(
      'bounding_boxes.txt',
      '1 0 0 4 4\n2 1 1 3 3\n3 2 2 nan 5\n',
      /Line 3 of 'bounding_boxes.txt' is no box/,
    )
    await refused('bounding_boxes.txt', '1 0 0 4 4\n', /'bounding_boxes.txt' has no line for image '3'/)
  })

  it('reads names with blanks', async () => {
    const folder = join(root, 'CUB blanks')
    await put(join(folder, 'images', 'a b', '1  2.png'), 10)
    const files = {
      'images.txt': '1 a b/1  2.png\r',
      'image_class_labels.txt': '1 1\r',
      'classes.txt': '1 001.Black footed\r',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const birds = await loadCub200(folder, { size, cache })
    expect([birds.classNames, birds.size]).toEqual([['Black footed'], 1])
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
    expect((await loadCars196(folder, { size, cache, split: 'test' })).rowNames[0]).toMatch(/000003/)
    expect((await loadCars196(folder, { size, cache, split: 'second-half' })).rowNames).toHaveLength(1)
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
    const list = join(folder, 'Ebay_train.txt')
    await writeFile(list, lines.slice(1).join('\n'))
    await expect(loadProducts(root, { size, cache })).rejects.toThrow(/Line 1 of 'Ebay_train.txt' is no heading/)
    await writeFile(list, [lines[0], '1 11 1 /etc/passwd'].join('\n'))
    await expect(loadProducts(root, { size, cache })).rejects.toThrow(/names '\/etc\/passwd', which is no file below/)
    await writeFile(list, [lines[0], lines[1], '2 -1 1 bicycle_final/1_1.png'].join('\n'))
    expect([...(await loadProducts(root, { size, cache })).labels!]).toEqual([0, -1])
    const kinds = await loadProducts(root, { size, cache, split: 'test', labels: 'kind' })
    expect(kinds.classNames).toEqual(['bicycle', 'coffee maker'])
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

    for (const name of ['._n01_0.JPEG', '.DS_Store', 'Thumbs.db', 'n01_boxes.txt'])
      await writeFile(join(folder, 'train', 'n01', 'images', name), 'x')
    expect((await loadTinyImageNet(folder, { cache })).rowNames.map((name) => basename(name))).toEqual([
      'n02_0.JPEG',
      'n01_0.JPEG',
    ])
    await symlink('gone', join(folder, 'train', 'n02', 'images', 'n02_1.JPEG'))
    await expect(loadTinyImageNet(folder, { cache })).rejects.toThrow(/n02_1\.JPEG': it is a link to something/)
    expect((await loadTinyImageNet(folder, { cache, onBadImage: 'skip' })).bad).toHaveLength(1)
    await writeFile(join(folder, 'val', 'val_annotations.txt'), 'val_0.JPEG\tn03\t0\t32\t44\t62\n')
    await expect(loadTinyImageNet(folder, { cache, split: 'val' })).rejects.toThrow(
      /Line 1 of .* names 'n03', which is not in/,
    )
    await writeFile(join(folder, 'wnids.txt'), '../..\n')
    await expect(loadTinyImageNet(folder, { cache })).rejects.toThrow(/names '\.\.\/\.\.', which is no file below/)
    await writeFile(join(folder, 'wnids.txt'), 'n01\nn01\n')
    await expect(loadTinyImageNet(folder, { cache })).rejects.toThrow(/Line 2 of 'wnids.txt' is the second of 'n01'/)
  })
})
