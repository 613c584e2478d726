import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DcError } from '@dc/core/plugin'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './fixtures/pictures'
import { byId, labelsInOrder, pathInside, type RowOptions, readRows } from './split-files'

const root = await temporaryFolder('split')
const path = join(root, 'list.txt')
const read = async (text: string | Uint8Array, fields = 2, options: RowOptions = {}) => {
  await writeFile(path, text)
  return (await readRows(path, fields, options)).map(({ line, fields }) => [line, ...fields])
}

describe('readRows', () => {
  it.each([
    [
      'a b\nc d\n',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'a b\r\n\r\nc d',
      [
        [1, 'a', 'b'],
        [3, 'c', 'd'],
      ],
    ],
    [
      'a b\rc d\r',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    ['\ufeff  a\t b c \n', [[1, 'a', 'b', 'c']]],
  ])('%j', async (text, rows) => expect(await read(text)).toEqual(rows))

  it('keeps the rest of a line together if asked', async () => {
    expect(await read('1 a b/c  d.png\n2\tx', 2, { rest: true })).toEqual([
      [1, '1', 'a b/c  d.png'],
      [2, '2', 'x'],
    ])
    expect(await read('n01\tgold fish, Carassius\n', 2, { separator: /\t/ })).toEqual([
      [1, 'n01', 'gold fish, Carassius'],
    ])
  })

  it('tells of an encoding', async () => {
    const notices: string[] = []
    expect(await read(Buffer.from('1 caf\xe9\n2 caf\xe8\n', 'latin1'), 2, { notices })).toEqual([
      [1, '1', 'café'],
      [2, '2', 'cafè'],
    ])
    expect(notices).toEqual(["'list.txt': read as windows-1252, for it is not valid UTF-8"])
  })

  it('says what is wrong and where', async () => {
    await expect(read('a b\n\nc\n')).rejects.toThrow("Line 3 of 'list.txt' has 1 fields; expected 2.")
    await expect(read('a\n', 2, { rest: true })).rejects.toThrow("Line 1 of 'list.txt' has 1 fields; expected 2.")
    await expect(read(' \n\n')).rejects.toThrow(/has no lines/)
    await expect(read('')).rejects.toThrow(/is empty/)
    await expect(readRows(join(root, 'absent'), 1)).rejects.toThrow(/Cannot read '.*absent': it does not exist/)
    await mkdir(join(root, 'folder'))
    await expect(readRows(join(root, 'folder'), 1)).rejects.toThrow(/it is a folder/)
  })

  it('of any bytes makes rows or a DcError', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.boolean(), async (bytes, rest) => {
      const result = await read(bytes, 2, { rest }).catch((error) => error)
      if (DcError.isInstance(result)) return
      for (const row of result) expect(rest ? row.length === 3 : row.length >= 3).toBe(true)
    })
    await fc.assert(property, { numRuns: 300 })
  })
})

describe('byId', () => {
  it('names the lines of what is there twice', () => {
    const rows = [1, 2, 3].map((line) => ({ line, fields: [String(line % 2)] }))
    expect(() => byId(rows, path)).toThrow("Line 3 of 'list.txt' is the second of '1', after line 1.")
    expect([...byId(rows.slice(1), path).keys()]).toEqual(['0', '1'])
  })
})

describe('pathInside', () => {
  it.each(['a.jpg', 'a/b.jpg', './a.jpg', 'a/../b.jpg', '..a.jpg', '...'])('takes %s', (name) => {
    expect(pathInside(root, name, 'list.txt')).toBe(join(root, name))
  })
  it.each(['', '.', '..', '../b.jpg', 'a/../..', 'a/../../split', '/etc/passwd', './/..//x'])('refuses %j', (name) => {
    expect(() => pathInside(root, name, 'list.txt')).toThrow(/^'list\.txt' names '.*', which is no file below '/)
  })
})

describe('labelsInOrder', () => {
  it('counts classes as they come; what means unknown is none', () => {
    expect(labelsInOrder(['b', '-1', 'a', 'b', 'nan', '1', '01'])).toEqual({
      labels: [0, -1, 1, 0, -1, 2, 3],
      names: ['b', 'a', '1', '01'],
    })
  })
})
