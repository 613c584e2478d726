import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkSortTarget, sortFiles, sortTarget } from './sort-files'

const folder = mkdtempSync(join(tmpdir(), 'sort-'))
afterAll(() => rmSync(folder, { recursive: true }))
/** Files that hold their own names. */
function filesOf(name: string, paths: readonly string[]) {
  const rowFiles = paths.map((path) => ({ path: join(folder, name, path) }))
  for (const { path } of rowFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, path)
  }
  return { name, rowFiles }
}
const tree = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()

describe('sortFiles', () => {
  it('copies files into a folder for each cluster, and numbers those of the same name', async () => {
    const photos = filesOf('photos', ['a/1.jpg', 'b/1.jpg', 'b/1.JPG', 'b/1 (2).jpg', 'c', '..jpg'])
    const target = join(folder, 'new', 'sorted')
    const done: number[] = []
    const { files, folders } = await sortFiles(
      { how: 'copy', path: target },
      photos,
      Int32Array.of(0, 0, 0, 0, 11, 11),
      {
        onProgress: (count) => done.push(count),
      },
    )
    expect([files, [...folders]]).toEqual([
      6,
      [
        [0, '00'],
        [11, '11'],
      ],
    ])
    expect(tree(target)).toEqual(
      ['00/1 (2) (2).jpg', '00/1 (2).jpg', '00/1 (3).JPG', '00/1.jpg', '11/..jpg', '11/c'].sort(),
    )
    const contents = tree(target).map((path) => readFileSync(join(target, path), 'utf8'))
    expect(contents.sort()).toEqual(photos.rowFiles.map(({ path }) => path).sort())
    expect(done.at(-1)).toBe(6)
  })

  it('names folders by the most frequent class, and makes names safe', async () => {
    const names = ['../../evil', 'a/b\\c:*?"<>|\u0000\u202e', 'x'.repeat(500), ' .. ']
    const photos = {
      ...filesOf(
        'classes',
        names.map((_, at) => `${at}.png`),
      ),
      labels: Int32Array.of(0, 1, 2, 3),
      classNames: names,
    }
    const target = join(folder, 'named')
    await sortFiles({ how: 'copy', path: target }, photos, Int32Array.of(0, 1, 2, 3))
    expect(readdirSync(target).sort()).toEqual(['0-.._.._evil', '1-a_b_c_', `2-${'x'.repeat(40)}`, '3'])
    expect(existsSync(join(folder, 'evil'))).toBe(false)
    const most = {
      ...filesOf('most', ['0', '1', '2', '3']),
      labels: Int32Array.of(1, 0, 1, -1),
      classNames: ['cat', 'dog'],
    }
    const { folders } = await sortFiles({ how: 'copy', path: join(folder, 'more') }, most, Int32Array.of(5, 5, 5, 7))
    expect([...folders.values()]).toEqual(['5-dog', '7'])
  })

  it('links them', async () => {
    const photos = filesOf('linked', ['a.jpg', 'b.jpg'])
    const target = join(folder, 'links')
    await sortFiles({ how: 'link', path: target }, photos, Int32Array.of(0, 1))
    expect(lstatSync(join(target, '0/a.jpg')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(target, '1/b.jpg'), 'utf8')).toBe(photos.rowFiles[1].path)
  })

  it.runIf(process.platform === 'linux')('takes files whose names are no text', async () => {
    const raw = Buffer.concat([Buffer.from(join(folder, 'raw-')), Buffer.from([0xff])])
    writeFileSync(raw, 'raw')
    const photos = { name: 'raw', rowFiles: [{ path: join(folder, 'raw-\\xff'), rawPath: raw }] }
    mkdirSync(join(folder, 'elsewhere'))
    const source = { ...photos, rowFiles: [{ ...photos.rowFiles[0], path: join(folder, 'elsewhere', 'raw-\\xff') }] }
    await sortFiles({ how: 'copy', path: join(folder, 'raw-sorted') }, source, Int32Array.of(0))
    expect(readFileSync(join(folder, 'raw-sorted/0/raw-\\xff'), 'utf8')).toBe('raw')
  })

  it('refuses other data, and folders that hold something, are none, or lie among the files', async () => {
    const photos = filesOf('refused', ['x/a.jpg', 'y/b.jpg'])
    const check = (path: string, data: Parameters<typeof checkSortTarget>[1] = photos) =>
      checkSortTarget({ how: 'copy', path }, data)
    await expect(check(join(folder, 'new'), { name: 'rows' })).rejects.toThrow(
      "data of files, such as a folder of images; 'rows' has none",
    )
    await expect(check(join(folder, 'refused', 'x'))).rejects.toThrow('allowed: an empty or new folder')
    await expect(check(join(folder, 'refused', 'new'))).rejects.toThrow(/a folder outside of '.*refused'/)
    await expect(check(join(folder, 'refused', 'new', '..', 'other'))).rejects.toThrow('a folder outside of')
    await expect(check(photos.rowFiles[0].path)).rejects.toThrow('a file of this name exists')
    await expect(check(' ')).rejects.toThrow('the name of a folder')
    symlinkSync(join(folder, 'refused'), join(folder, 'way-in'))
    await expect(check(join(folder, 'way-in', 'new'))).rejects.toThrow('a folder outside of')
    await expect(check(join(folder, 'refused-not'))).resolves.toBeUndefined()
    expect(() => sortTarget({ copyTo: 'a', linkTo: 'b' })).toThrow('give one of them')
    expect(sortTarget({ linkTo: 'b' })).toEqual({ how: 'link', path: 'b' })
    expect(existsSync(join(folder, 'refused', 'new'))).toBe(false)
  })

  it('says which file cannot be read', async () => {
    const photos = filesOf('gone', ['a.jpg'])
    rmSync(photos.rowFiles[0].path)
    await expect(sortFiles({ how: 'copy', path: join(folder, 'none') }, photos, Int32Array.of(0))).rejects.toThrow(
      /--copy-to: cannot write '.*a\.jpg' to '.*none\/0\/a\.jpg': it does not exist/,
    )
  })
})
