import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly'
import { resolveConfig } from './resolve'

const registry = assemble()
const optionsOf = (data: string, labels: string) =>
  resolveConfig('bootsc', { set: [], plugin: [], data, labels }, registry).data.options

describe('--labels', () => {
  it('is a column by name or number, an array, or a file, as the reader of the data has it', () => {
    expect(optionsOf('csv:a.csv', 'kind')).toEqual({ path: 'a.csv', label: 'kind' })
    expect(optionsOf('csv:a.csv', '-1')).toEqual({ path: 'a.csv', label: -1 })
    expect(optionsOf('parquet:a.parquet', 'class')).toEqual({ path: 'a.parquet', label: 'class' })
    expect(optionsOf('parquet:a.parquet', '0')).toEqual({ path: 'a.parquet', label: 0 })
    expect(optionsOf('npz:a.npz', 'y')).toEqual({ path: 'a.npz', labels: 'y' })
    expect(optionsOf('npy:a.npy', '1')).toEqual({ path: 'a.npy', labels: '1' })
    // What JavaScript would take as a number is a name.
    for (const name of ['', ' ', '0x1', '1e3', '1.0']) expect(optionsOf('csv:a.csv', name).label).toBe(name)
  })

  it('is refused where the data bring their own labels', () => {
    expect(() => optionsOf('optdigits', 'kind')).toThrow(
      /--labels: got 'kind'; allowed: a column with csv:FILE, parquet:FILE or shards:FOLDER, .*brings its own labels/,
    )
  })
})

describe('--id and --ignore', () => {
  const columns = (data: string, more: object) =>
    resolveConfig('kmeans', { set: [], plugin: [], data, ...more }, registry).data.options

  it('are columns of a table', () => {
    const both = { id: 'name', ignore: ['city', '0'] }
    expect(columns('csv:a.csv', both)).toEqual({ path: 'a.csv', ...both })
    expect(columns('parquet:a.parquet', both)).toEqual({ path: 'a.parquet', ...both })
    expect(columns('shards:a', { id: 'name' })).toEqual({ path: 'a', id: 'name' })
  })

  it('are refused where the data have no columns', () => {
    expect(() => columns('npy:a.npy', { id: 'a' })).toThrow("--id: got 'a'; allowed: a column of CSV or Parquet")
    expect(() => columns('image-folder:a', { ignore: ['a'] })).toThrow('--ignore: got ["a"]')
    expect(() => columns('shards:a', { ignore: ['a'] })).toThrow('--ignore: got ["a"]')
    expect(() => columns('long-tail:optdigits', { id: 'a' })).toThrow('--id: got')
  })
})
