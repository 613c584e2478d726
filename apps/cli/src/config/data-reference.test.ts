import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseData } from './data-reference'

const folder = mkdtempSync(join(tmpdir(), 'data-reference-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('parseData', () => {
  it.each([
    ['optdigits', 'optdigits', undefined],
    ['idx:fashion', 'idx', 'fashion'],
    ['npy:C:\\data\\x.npy', 'npy', 'C:\\data\\x.npy'],
    ['points.csv', 'csv', 'points.csv'],
    ['POINTS.CSV.GZ', 'csv', 'POINTS.CSV.GZ'],
    ['C:\\points.npz', 'npz', 'C:\\points.npz'],
    ['./embeddings.parquet', 'parquet', './embeddings.parquet'],
  ])('%s', (text, name, path) => expect(parseData(text)).toEqual({ name, options: path === undefined ? {} : { path } }))

  it('looks into a folder', () => {
    const [images, idx] = [join(folder, 'photos.d'), join(folder, 'idx.d')]
    mkdirSync(images)
    mkdirSync(idx)
    writeFileSync(join(idx, 't10k-images-idx3-ubyte.gz'), '')
    expect(parseData(images).name).toBe('image-folder')
    expect(parseData(idx).name).toBe('idx')
  })

  it.each([
    ['csv:', 'a dataset name, or name:PATH'],
    ['points.xlsx', 'a file ending in .csv, .csv.gz, .npy, .npz, .parquet'],
    ['./absent', 'an existing folder of images'],
  ])('refuses %s', (text, allowed) => expect(() => parseData(text)).toThrow(allowed))
})
