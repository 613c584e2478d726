import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRegistry, definePlugin } from '@dc/core/plugin'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseData } from './data-reference'
import { plugins } from './index'

const home = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'data-reference-'))
const cloud = definePlugin({
  kind: 'dataset',
  name: 'cloud',
  apiVersion: 1,
  options: z.strictObject({ path: z.string() }),
  create: () => Promise.reject(new Error('not asked for')),
})
const registry = createRegistry([plugins, cloud])
const parse = (text: string) => {
  const { name, options } = parseData(text, registry, '--data')
  return [name, options.path]
}
function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
}

beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

describe('parseData', () => {
  it.each([
    ['optdigits', 'optdigits', undefined],
    ['no-such-set', 'no-such-set', undefined],
    ['idx:fashion', 'idx', 'fashion'],
    ['npy:C:\\data\\x.npy', 'npy', 'C:\\data\\x.npy'],
    ['points.csv', 'csv', 'points.csv'],
    ['POINTS.CSV.GZ', 'csv', 'POINTS.CSV.GZ'],
    ['C:\\points.npz', 'npz', 'C:\\points.npz'],
    ['./embeddings.parquet', 'parquet', './embeddings.parquet'],
    ['no-such-set:x', 'no-such-set', 'x'],
    ['cloud://bucket/x', 'cloud', '//bucket/x'],
    ['csv:a:b.csv', 'csv', 'a:b.csv'],
    ['a:b.csv', 'csv', 'a:b.csv'],
    ['csv:./x\ny.csv', 'csv', './x\ny.csv'],
  ])('%s', (text, name, path) => expect(parse(text)).toEqual([name, path]))

  it.each([
    ['', /--data: got ''; allowed: a dataset name/],
    [' ', /--data: got ' '/],
    ['rows.tsv', /csv:PATH reads a table in text, option delimiter: '\\t' one with tabs/],
    ['rows.TXT', /csv:PATH reads a table in text/],
  ])('refuses %j', (text, message) => expect(() => parse(text)).toThrow(message))

  it('looks into a folder', () => {
    put('photos.d/a.jpg', 'idx.d/t10k-images-idx3-ubyte.gz', 'hidden.d/._t10k-images-idx3-ubyte', 'hidden.d/a.jpg')
    put('upper.d/TRAIN-IMAGES-IDX3-UBYTE')
    expect(parse('photos.d')).toEqual(['image-folder', 'photos.d'])
    expect(parse('idx.d')).toEqual(['idx', 'idx.d'])
    expect(parse('hidden.d')).toEqual(['image-folder', 'hidden.d'])
    expect(parse('upper.d')).toEqual(['idx', 'upper.d'])
    for (const path of ['.', '..', './', folder, `${folder}/`]) expect(parse(path)).toEqual(['image-folder', path])
    put('spark.parquet/part-0.parquet', 'old.csv/x')
    expect(parse('spark.parquet')[0]).toBe('image-folder')
    expect(parse('old.csv')[0]).toBe('image-folder')
  })

  it('takes a word for the file or folder of that name', () => {
    put('photos/a.jpg', 'mnist/t10k-images-idx3-ubyte', 'train-images-idx3-ubyte', 'csv/a.png', 'Mein Ordner/a.png')
    expect(parse('photos')).toEqual(['image-folder', 'photos'])
    expect(parse('mnist')).toEqual(['idx', 'mnist'])
    expect(parse('train-images-idx3-ubyte')).toEqual(['idx', 'train-images-idx3-ubyte'])
    expect(parse('Mein Ordner')).toEqual(['image-folder', 'Mein Ordner'])
    // A dataset that needs a path cannot be what is meant.
    expect(parse('csv')).toEqual(['image-folder', 'csv'])
    put('words')
    expect(() => parse('words')).toThrow(/--data: got 'words'; allowed: a dataset name, name:PATH, a file ending in/)
  })

  it('but for the dataset of that name, if it needs no path', () => {
    put('optdigits/a.jpg')
    expect(parse('optdigits')).toEqual(['optdigits', undefined])
    expect(parse('./optdigits')).toEqual(['image-folder', './optdigits'])
    expect(parse('optdigits/')).toEqual(['image-folder', 'optdigits/'])
  })

  it.runIf(process.platform !== 'win32')('knows files and folders whose names have a colon', () => {
    put('run:1/a.jpg', 'scp-like:x.csv', 'csv:y.csv')
    expect(parse('run:1')).toEqual(['image-folder', 'run:1'])
    expect(parse('scp-like:x.csv')).toEqual(['csv', 'scp-like:x.csv'])
    expect(parse('csv:y.csv')).toEqual(['csv', 'y.csv'])
    expect(parse('./csv:y.csv')).toEqual(['csv', './csv:y.csv'])
  })

  it.each([
    ['csv:', 'a dataset name, or name:PATH'],
    ['points.xlsx', 'a file ending in .csv, .csv.gz, .npy, .npy.gz, .npz, .parquet'],
    ['points.tsv', 'a file ending in .csv'],
    ['./absent', 'an existing folder of images'],
    ['photos/a.jpg', 'a folder of images, not one of them'],
    ['https://example.org/x.csv', 'files and folders of this machine'],
    ['file:///tmp/x.csv', 'files and folders of this machine'],
    ['a\0b/c', 'an existing folder'],
    [`${'x'.repeat(5000)}/y`, 'an existing folder'],
  ])('refuses %s', (text, allowed) => expect(() => parse(text)).toThrow(allowed))

  it.runIf(process.platform !== 'win32')('says why a folder cannot be read', () => {
    put('locked/a.jpg')
    chmodSync(folder, 0o755)
    chmodSync('locked', 0o000)
    // Root may read everything; nobody may not.
    const asNobody = process.getuid!() === 0
    try {
      if (asNobody) process.seteuid!(65534)
      expect(() => parse('locked')).toThrow(/folders that can be read \('locked': permission denied\)/)
    } finally {
      if (asNobody) process.seteuid!(0)
      chmodSync('locked', 0o755)
    }
  })
})
