import { execFileSync } from 'node:child_process'
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createRegistry } from '@dc/core/plugin'
import { testDataset } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import { type ImageFolderOptions, imageNetDogs, loadImageFolder, plugins } from '../index'
import { plain, putPicture, reds, temporaryFolder } from './fixtures/pictures'

const root = await temporaryFolder('folders')
const cache = join(root, '.cache')
const unix = process.platform !== 'win32'

/** Pictures at these paths below a folder; the first has red 10, the second 20, … */
async function folderOf(name: string, paths: readonly string[]): Promise<string> {
  for (const [i, path] of paths.entries()) await putPicture(join(root, name, path), 10 * (i + 1))
  return join(root, name)
}
const load = (folder: string, options: Partial<ImageFolderOptions> = {}) =>
  loadImageFolder(folder, { size: [4, 4], cache, ...options })
/** Each row's file and class, the names of classes, and notices. */
async function seen(name: string, paths: readonly string[], options: Partial<ImageFolderOptions> = {}) {
  const folder = await folderOf(name, paths)
  const { rowNames: files, rowFiles, labels, classNames, notices } = await load(folder, options)
  expect(rowFiles.map(({ path }) => relative(folder, path).replaceAll('\\', '/'))).toEqual(files)
  return {
    files,
    labels: labels && [...labels],
    classNames,
    notices: notices!.map((line) => line.replaceAll(root, '')),
  }
}

describe('loadImageFolder', () => {
  it('reads classes from sub-folders, at any depth', async () => {
    const folder = await folderOf('photos', ['b/1.png', 'a/deep/2.png', 'a/1.png'])
    const dataset = await load(folder, { size: [4, 6] })
    expect([dataset.name, dataset.size, dataset.sampleShape]).toEqual(['photos', 3, [4, 6, 3]])
    expect([dataset.classNames, [...dataset.labels!], dataset.notices]).toEqual([['a', 'b'], [0, 0, 1], []])
    expect(reds(await dataset.read([2, 0, 1]), 4 * 6 * 3)).toEqual([10, 30, 20])
  })

  it('has no labels without classes, and takes some classes only', async () => {
    const folder = await folderOf('some', ['b/1.png', 'a/1.png', 'c/1.png'])
    expect((await load(folder, { classes: 'none' })).labels).toBeUndefined()
    const only = await load(folder, { only: ['c', 'a'] })
    expect([only.classNames, [...only.labels!], reds(await only.read([0, 1]), 48)]).toEqual([
      ['c', 'a'],
      [0, 1],
      [30, 20],
    ])
    expect([...(await load(folder, { only: ['b'] })).labels!]).toEqual([0])
    await expect(load(folder, { only: ['d'] })).rejects.toThrow(
      /only: got 'd'; allowed: sub-folders of .*some': 'a', 'b', 'c'/,
    )
    await expect(load(folder, { only: ['../photos'] })).rejects.toThrow(/only: got/)
    await expect(load(folder, { only: ['a', 'a'] })).rejects.toThrow(/only: got 'a'; allowed: each sub-folder once/)
    await expect(load(folder, { only: 'imagenet-dogs' })).rejects.toThrow(/only: got 'n0/)
    expect(imageNetDogs).toHaveLength(15)
  })

  it('takes endings of any case, and knows pictures that it does not decode', async () => {
    const folder = await folderOf('endings', ['a.png'])
    const png = await plain(1, 2, 3).png().toBuffer()
    for (const name of ['b.JPG', 'c.jfif', 'd.TiFF', 'e.apng', 'f.jpe']) await writeFile(join(folder, name), png)
    for (const name of ['g.bmp', 'h.HEIC', 'i.svg', 'j.heic', 'k', 'l.txt', 'm.jpg.part', 'Thumbs.db', '.n.png'])
      await writeFile(join(folder, name), 'x')
    const { rowNames, notices, labels } = await load(folder)
    expect([rowNames.length, labels]).toEqual([6, undefined])
    expect(notices).toEqual([
      `passed over 4 pictures of kinds that are not decoded (.bmp, .heic, .svg): '${join(folder, 'g.bmp')}' and 3 more`,
      `passed over 3 files of other kinds: '${join(folder, 'k')}' and 2 more`,
    ])
  })

  it('says when there is nothing, and what there is instead', async () => {
    await mkdir(join(root, 'empty'))
    await expect(load(join(root, 'empty'))).rejects.toThrow(/holds no images .*Hidden files do not count\.$/)
    await expect(load(join(root, 'absent'))).rejects.toThrow(/Cannot read the folder '.*absent': it does not exist\.$/)
    await mkdir(join(root, 'arrays'))
    for (const name of ['readme.md', 'x.npy']) await writeFile(join(root, 'arrays', name), 'x')
    await expect(load(join(root, 'arrays'))).rejects.toThrow(
      /2 other files, .*Give a file, such as '.*x\.npy', as the data/,
    )
    await writeFile(join(root, 'empty', 'a.heic'), 'x')
    await expect(load(join(root, 'empty'))).rejects.toThrow(/It holds 1 other file, such as '.*a\.heic'/)
  })

  it('refuses an unknown way of classes', async () => {
    await expect(load(root, { classes: 'deep' as 'auto' })).rejects.toThrow(/classes: got 'deep'/)
  })
})

describe('classes', () => {
  // Elsewhere é and e + ́ may be one name.
  it.runIf(process.platform === 'linux')(
    'are sorted by the bytes of their names, whatever stands beside them',
    async () => {
      const { classNames } = await seen('sorted', [
        'a-b/1.png',
        'a/1.png',
        'B/1.png',
        'é/1.png',
        'e\u0301/1.png',
        'a b/1.png',
      ])
      expect(classNames).toEqual(['B', 'a', 'a b', 'a-b', 'e\u0301', 'é'])
    },
  )

  it('stay where images lie beside them, which have no label', async () => {
    expect(await seen('stray', ['cats/1.png', 'dogs/1.png', 'a.png', 'x.png'])).toEqual({
      files: ['a.png', 'cats/1.png', 'dogs/1.png', 'x.png'],
      labels: [-1, 0, 1, -1],
      classNames: ['cats', 'dogs'],
      notices: ["no label for 2 images beside the class folders: '/stray/a.png' and 1 more"],
    })
    await expect(load(join(root, 'stray'), { classes: 'folders' })).rejects.toThrow(
      /outside of its class folders.*a\.png/,
    )
  })

  it('are none where most images lie beside the folders', async () => {
    const { labels, classNames, notices } = await seen('edited', ['a.png', 'b.png', 'c.png', 'new/1.png', 'old/1.png'])
    expect([labels, classNames]).toEqual([undefined, undefined])
    expect(notices[0]).toMatch(/^no labels: 3 images lie beside the sub-folders 'new', 'old', 2 in them; /)
    const one = await seen('one more', ['a.png', 'more/1.png', 'more/2.png'])
    expect([one.labels, one.notices.length]).toEqual([undefined, 1])
  })

  it('are not the folders of a split, but those inside', async () => {
    const { labels, classNames, notices } = await seen('split', [
      'test/b/1.png',
      'train/b/1.png',
      'train/a/1.png',
      'Val/a/1.png',
    ])
    expect([labels, classNames]).toEqual([
      [0, 1, 0, 1],
      ['a', 'b'],
    ])
    expect(notices).toEqual(["the classes are the folders inside of 'Val', 'test', 'train'"])
    const asked = await seen('split', [], { classes: 'folders' })
    expect([asked.classNames, asked.notices]).toEqual([['Val', 'test', 'train'], []])
  })

  it('of a split may be known of one part only', async () => {
    const { labels, classNames, notices } = await seen('kaggle', ['train/cat/1.png', 'train/dog/1.png', 'test/1.png'])
    expect([labels, classNames]).toEqual([
      [-1, 0, 1],
      ['cat', 'dog'],
    ])
    expect(notices).toEqual([
      "the classes are the folders inside of 'test', 'train'",
      "no label for 1 image beside the class folders: '/kaggle/test/1.png'",
    ])
  })

  it('are none where parts of a data set hold images only', async () => {
    for (const [name, parts] of [
      ['flat split', ['test', 'train']],
      ['pairs', ['images', 'masks']],
    ] as const) {
      const { labels, notices } = await seen(name, [`${parts[0]}/1.png`, `${parts[1]}/1.png`])
      expect(labels).toBeUndefined()
      expect(notices[0]).toMatch(`no labels: the folders '${parts[0]}', '${parts[1]}' are named as parts of a data set`)
      expect((await seen(name, [], { classes: 'folders' })).classNames).toEqual(parts)
    }
    // Beside a folder of another name they are as good as it.
    const vehicles = await seen('vehicles', ['bus/1.png', 'train/1.png'])
    expect([vehicles.classNames, vehicles.notices]).toEqual([['bus', 'train'], []])
  })

  it.each([
    ['Kaggle', 'training_set', 'test_set', 'eval'],
    ['Intel scenes', 'seg_train/seg_train', 'seg_test/seg_test', 'seg_pred'],
    ['COCO', 'train2017', 'val2017', 'test2017'],
    ['pairs of domains', 'trainA', 'trainB', 'testA'],
    ['MVTec', 'train', 'test', 'ground_truth'],
  ])('are not the parts of a data set as %s names them', async (name, one, other, third) => {
    const { labels, classNames } = await seen(name, [`${one}/x/1.png`, `${other}/y/1.png`, `${third}/1.png`])
    expect(classNames).toEqual(['x', 'y'])
    expect([...labels!].sort()).toEqual([-1, 0, 1])
  })

  it('may be named as parts beside others, which is told', async () => {
    const { classNames, notices } = await seen('docs', ['train/a/1.png', 'test/a/1.png', 'docs/logo.png'])
    expect(classNames).toEqual(['docs', 'test', 'train'])
    expect(notices).toEqual([
      "among the classes are 'test', 'train', which are named as parts of a data set; one of them may be the data",
    ])
    const crash = await seen('crash', ['test_tube/1.png', 'train_station/1.png', 'dataset/1.png'])
    expect([crash.classNames, crash.notices]).toEqual([['dataset', 'test_tube', 'train_station'], []])
  })

  it('lie in the only folder there is', async () => {
    const { classNames, notices } = await seen('archive', ['photos/photos/b/1.png', 'photos/photos/a/1.png'])
    expect([classNames, notices]).toEqual([['a', 'b'], ["the classes are the folders inside of 'photos'"]])
    expect((await seen('single', ['cats/1.png', 'cats/2.png'])).labels).toBeUndefined()
    expect((await seen('single', [], { classes: 'folders' })).labels).toEqual([0, 0])
  })

  it('need images', async () => {
    await mkdir(join(await folderOf('hollow', ['a/1.png', 'b/1.png']), 'c', 'd'), { recursive: true })
    const { classNames, notices } = await seen('hollow', [])
    expect([classNames, notices]).toEqual([['a', 'b'], ["no class for 1 folder without images: 'c'"]])
  })

  it('are none where the name of a folder means unknown', async () => {
    const { labels, classNames, notices } = await seen('unknown', [
      '-1/1.png',
      '0/1.png',
      '10/1.png',
      '2/1.png',
      'NaN/1.png',
    ])
    expect([labels, classNames]).toEqual([
      [-1, 0, 1, 2, -1],
      ['0', '10', '2'],
    ])
    expect(notices).toEqual(["no label for 2 images in folders whose names mean unknown: '-1', 'NaN'"])
  })

  it('asked for by name may be empty, and are told', async () => {
    const { labels, classNames, notices } = await seen('hollow', [], { only: ['c', 'b'] })
    expect([labels, classNames, notices]).toEqual([[1], ['c', 'b'], ["no class for 1 folder without images: 'c'"]])
  })

  it('may be called like a picture', async () => {
    expect((await seen('odd', ['x.jpg/1.png', 'y.png/1.png'])).classNames).toEqual(['x.jpg', 'y.png'])
  })
})

describe('what is hidden or left by systems', () => {
  it('is no data', async () => {
    const { files, classNames, notices } = await seen('nas', [
      ...['a/1.png', 'b/1.png', 'a/@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg', '__MACOSX/a/._1.png', '.thumbs/1.png'],
      ...['lost+found/1.png', 'b/._1.png', '$RECYCLE.BIN/x/1.png', '.ipynb_checkpoints/1-checkpoint.png'],
    ])
    expect([files, classNames, notices]).toEqual([['a/1.png', 'b/1.png'], ['a', 'b'], []])
  })
})

describe.runIf(unix)('links', () => {
  it('are followed under their own names', async () => {
    await folderOf('store', ['0001.png', 'birds/1.png'])
    const folder = await folderOf('linked', ['cats/1.png', 'cats/2.png', 'dogs/1.png'])
    await symlink(join(root, 'store', '0001.png'), join(folder, 'cats', 'tom.jpg'))
    await symlink('../store/birds', join(folder, 'geese'))
    await symlink('../store/birds', join(folder, 'ducks'))
    await symlink('..', join(folder, 'dogs', 'up'))
    const { files, labels, classNames, notices } = await seen('linked', [])
    expect(files).toEqual(['cats/1.png', 'cats/2.png', 'cats/tom.jpg', 'dogs/1.png', 'ducks/1.png', 'geese/1.png'])
    expect([labels, classNames]).toEqual([
      [0, 0, 0, 1, 2, 3],
      ['cats', 'dogs', 'ducks', 'geese'],
    ])
    expect(notices).toEqual(["did not follow 1 link to a folder around it: '/linked/dogs/up'"])
  })

  it('to nothing are bad images, if by name they may be images', async () => {
    const folder = await folderOf('dangling', ['a.png'])
    for (const name of ['b.png', 'class', 'notes.txt']) await symlink('gone', join(folder, name))
    await symlink('c.png', join(folder, 'c.png'))
    await expect(load(folder)).rejects.toThrow(
      /^Cannot read '.*b\.png': it is a link to something that does not exist\. So it is with 2 more\. onBadImage 'skip'/,
    )
    const { bad, rowNames, notices } = await load(folder, { onBadImage: 'skip' })
    expect(bad.map(({ path }) => relative(folder, path))).toEqual(['b.png', 'c.png', 'class'])
    expect(bad[1].reason).toMatch(/c\.png': its links lead in a circle\.$/)
    expect(rowNames).toHaveLength(1)
    expect(notices![0]).toMatch(/^passed over 1 file of other kinds: '.*notes\.txt'$/)
  })

  it('alone are bad images too', async () => {
    await mkdir(join(root, 'broken'))
    await symlink('gone', join(root, 'broken', 'a.png'))
    await expect(load(join(root, 'broken'), { onBadImage: 'skip' })).rejects.toThrow(
      /^All 1 images of 'broken' are bad: Cannot/,
    )
  })
})

describe.runIf(unix)('entries that cannot be read', () => {
  it('follow the policy: pipes, empty files, forbidden files and folders', async () => {
    const folder = await folderOf('mixed', ['a/1.png', 'b/1.png', 'b/secret.png', 'locked/1.png'])
    execFileSync('mkfifo', [join(folder, 'a', 'pipe.png'), join(folder, 'a', 'other pipe')])
    await writeFile(join(folder, 'a', 'empty.jpg'), '')
    await chmod(join(folder, 'b', 'secret.png'), 0o000)
    await chmod(join(folder, 'locked'), 0o000)
    await mkdir(join(root, 'open'), { mode: 0o777 })
    await chmod(join(root, 'open'), 0o777)
    await chmod(root, 0o755)
    const asNobody = process.getuid!() === 0
    try {
      // Root may read everything; nobody may not.
      if (asNobody) process.seteuid!(65534)
      const options = { cache: join(root, 'open', 'cache') }
      await expect(load(folder, options)).rejects.toThrow(/^Cannot read '.*other pipe': it is a pipe, not a file\./)
      const { bad, rowNames, classNames } = await load(folder, { ...options, onBadImage: 'skip' })
      expect(bad.map(({ path, reason }) => [relative(folder, path), reason.replace(/.*: |\.$/g, '')])).toEqual([
        ['a/other pipe', 'it is a pipe, not a file'],
        ['a/pipe.png', 'it is a pipe, not a file'],
        ['locked', 'permission denied'],
        ['a/empty.jpg', 'it is empty'],
        ['b/secret.png', 'permission denied'],
      ])
      expect([rowNames, classNames]).toEqual([
        ['a/1.png', 'b/1.png'],
        ['a', 'b'],
      ])
    } finally {
      if (asNobody) process.seteuid!(0)
      await chmod(join(folder, 'locked'), 0o755)
    }
  })

  it.runIf(process.platform === 'linux')('are not those whose names are no UTF-8', async () => {
    const folder = join(root, 'latin')
    for (const [i, code] of [0xe8, 0xe9].entries()) {
      const inner = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([code])])
      await mkdir(inner, { recursive: true })
      const picture = await plain(10 * (i + 1), 0, 0)
        .png()
        .toBuffer()
      await writeFile(Buffer.concat([inner, Buffer.from('/1.png')]), picture)
    }
    for (const options of [{}, { cache: false }, { onBadImage: 'skip' }] as const) {
      const dataset = await load(folder, options)
      expect([dataset.classNames, [...dataset.labels!]]).toEqual([
        ['caf\\xe8', 'caf\\xe9'],
        [0, 1],
      ])
      expect(reds(await dataset.read([0, 1]), 48)).toEqual([10, 20])
      expect(dataset.bad).toEqual([])
    }
    await rm(folder, { recursive: true })
  })
})

testDataset({ describe, it }, 'image-folder', () =>
  createRegistry([plugins]).create('dataset', 'image-folder', { path: join(root, 'photos'), size: 4, cache }),
)

describe('the plugin', () => {
  const create = (options: Record<string, unknown>) =>
    createRegistry([plugins]).make('dataset', 'image-folder', {
      path: join(root, 'photos'),
      cache,
      ...options,
    })

  it('takes a ground', async () => {
    expect((await create({ ground: '#0080ff', size: 4 })).size).toBe(3)
    expect(() => create({ ground: 'green' })).toThrow(/ground.*white, black, or a colour as #rrggbb/s)
  })
})
