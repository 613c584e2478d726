import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError, DcError, OptionError } from '@dc/core/plugin'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { csv, loadCsv } from '../datasets/csv'
import { rows, table } from '../testing/csv-tables'
import { mutated } from '../testing/mutations'
import { type CsvOptions, readCsv } from './csv'

describe('cells', () => {
  it('are decimal numbers', () => {
    expect(rows('a\n1\n+2\n-3.5\n.5\n5.\n1e3\n1E-2\n 7 \n" 8 "\n007')).toEqual(
      [1, 2, -3.5, 0.5, 5, 1000, 0.01, 7, 8, 7].map((value) => [value]),
    )
    for (const bad of [
      '0x10',
      '0b1',
      '0o7',
      '1_000',
      'Infinity',
      '-Infinity',
      'NaN',
      '1e400',
      '-1e400',
      '1e-400',
      '5%',
      '$5',
      '1.2.3',
      '--1',
      '1e',
      '12abc',
      '−5',
      '١',
    ])
      expect(() => table(`a,b\n1,2\n3,${bad}`), bad).toThrow(/record 3, column 'b': /)
    expect(() => table('a\n1e400')).toThrow(/'1e400' does not fit float64/)
    expect(() => table('a,b\n1,')).toThrow(
      /column 'b': the cell is empty; fill it, or leave out the row, or the column with option ignore\.$/,
    )
    expect(() => table('a,b\n1,2\n1,NA')).toThrow(/'NA' is not a finite number; fill it, or leave out the row/)
    expect(() => table('a,b\n1,2\n1,50%')).toThrow(
      /'50%' is not a finite number; write it as a number, or leave the column out with option ignore\.$/,
    )
  })

  it('are true and false where a column holds nothing else', () => {
    const { values, notices } = table('a,b\nTrue,1\nFALSE,2\ntrue,3')
    expect([...values]).toEqual([1, 1, 0, 2, 1, 3])
    expect(notices).toEqual(["took true as 1 and false as 0 in column 'a'"])
    expect(() => table('a,b\nTrue,1\n2,2')).toThrow(/'True' is a truth value in a column of numbers/)
  })

  it('may have decimal commas, if the user says so', () => {
    const german = 'Länge;Art\n5,1;x\n4,9;y\n1.5e3;z'
    const options = { delimiter: ';', label: -1 }
    expect([...table('a;b\n1,5;2\n-,5;3e1', { delimiter: ';', decimal: ',' }).values]).toEqual([1.5, 2, -0.5, 30])
    expect(() => table(german)).toThrow(/delimited by ';': say so with option delimiter: ';' \(and option decimal: ','/)
    expect(() => table(german, options)).toThrow(/'5,1' is not a finite number; option decimal: ','/)
    expect(() => table(german, { ...options, decimal: ',' })).toThrow(/record 4.*'1.5e3' .*option decimal: '.'/)
    expect(() => table('a;b\n1.234,5;2', { delimiter: ';', decimal: ',' })).toThrow(/separators of thousands/)
    expect(() => table('a,b\n"1,234",2')).toThrow(/separators of thousands/)
    expect(() => table('a,b\n1,2', { decimal: ',' })).toThrow(OptionError)
    // A comma splits these as well, and the rest would look like labels.
    expect(() => table('1,5;setosa\n2,5;virginica', { label: -1 })).toThrow(/delimited by ';'/)
    expect(table('1,a;b\n2,c;d', { label: -1, delimiter: ',' }).labels).toEqual(['a;b', 'c;d'])
    expect(table('x,l\n1,a;b\n2,c;d', { label: -1 }).labels).toEqual(['a;b', 'c;d'])
  })

  it('keep integers beyond 2^53 apart', async () => {
    const { integers } = table('id,x\n9007199254740993,1\n9007199254740992,2')
    expect(integers).toEqual(new Map([[0, 9007199254740993n]]))
    expect(table(',id\n0,9007199254740993\n1,5').integers).toEqual(new Map([[0, 9007199254740993n]]))
  })
})

describe('records', () => {
  it('end by any line end, mixed ones too', () => {
    const expected = [
      [1, 2],
      [3, 4],
    ]
    for (const text of ['a,b\r\n1,2\n3,4\n', 'a,b\r1,2\r3,4\r', 'a,b\n1,2\r\n3,4', 'a,b\n\n1,2\r\n\r\n3,4\n\n'])
      expect(rows(text), text).toEqual(expected)
    expect(table('a,"x\r\ny"\n1,2\r3,4').columns).toEqual(['a', 'x\r\ny'])
    expect(table('x,l\r\n1,"a\rb"\r\n2,c\r\n', { label: 'l' }).labels).toEqual(['a\rb', 'c'])
  })

  it('of empty cells are skipped, with their number', () => {
    const { rows: count, notices } = table('a,b\n,\n1,2\n , \n3,4\n,,,\n')
    expect([count, notices]).toEqual([2, ['skipped 3 rows of empty cells']])
  })

  it('have the same length', () => {
    expect(() => table('Sales of 2020\n\na,b\n1,2')).toThrow(/record 1: 1 cell, where the others have 2/)
    expect(() => table('1,2\n3\n')).toThrow(/record 2: 1 cell, where the records above have 2/)
    expect(() => table('a,b\n1,2\n\n3,4,5\n')).toThrow(/record 3 \(line 4\): 3 cells, where the records above have 2/)
    expect(() => table('x,y\n1,2,3\n4,5,6')).toThrow(/record 2: 3 cells/)
  })

  it('are there', () => {
    for (const empty of ['', '\n\n', ',,\n,,']) expect(() => table(empty)).toThrow(/has no rows/)
    expect(() => table('a,b\n')).toThrow(/a header but no rows/)
    expect(() => table('a,"b\n1,2')).toThrow(/not a table in CSV form: Quote Not Closed/)
  })

  it('may be delimited by the tab as a shell types it', () => {
    expect([...table('a\tb\n1\t2\n3\t4', { delimiter: '\\t' }).values]).toEqual([1, 2, 3, 4])
  })

  it("follow Excel's note of the delimiter", () => {
    expect(rows('sep=;\r\na;b\r\n1;2\r\n')).toEqual([[1, 2]])
  })

  it('name a long cell by its ends', () => {
    const message = (() => {
      try {
        return void table(`a\n\x1b[31m${'x'.repeat(1_000_000)}`)
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(message!.length).toBeLessThan(400)
    expect(message).toMatch(/record 2, column 'a': '\\x1b\[31mx+…x+' is not a finite number/)
  })
})

describe('text of any encoding', () => {
  it('is read', () => {
    const text = 'a,Größe\r\n1,2\r\n3,4\r\n'
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16()])
      expect([table(bytes).columns, rows(bytes), table(bytes).notices]).toEqual([
        ['a', 'Größe'],
        [
          [1, 2],
          [3, 4],
        ],
        [],
      ])
    expect(table(utf16.subarray(2)).notices).toEqual(['read as UTF-16, though it has no byte-order mark'])
  })

  it('keeps different labels different', () => {
    const { labels, notices } = table(Buffer.from('x,label\n1,caf\xe9\n2,caf\xe8', 'latin1'), { label: 'label' })
    expect([labels, notices]).toEqual([['café', 'cafè'], ['read as windows-1252, for it is not valid UTF-8']])
    const all = Buffer.from(Array.from({ length: 128 }, (_, i) => [0x31, 0x2c, 0x22, i + 128, 0x22, 0x0a]).flat())
    expect(new Set(table(all, { label: -1 }).labels).size).toBe(128)
    expect(table(Buffer.from([0x31, 0x2c, 0x80, 0x0a, 0x32, 0x2c, 0x93]), { label: -1 }).labels).toEqual(['€', '“'])
    expect(new Set(table('1,a\n2,"a "\n3,A\n4,é\n5,e\u0301', { label: -1 }).labels).size).toBe(5)
  })

  it('is text', () => {
    expect(() => table(Buffer.from('a,b\n1,\0\n'))).toThrow(/'t.csv' is not text: byte 6 is NUL/)
    expect(() => table(Buffer.from([0xff, 0xfe, 0x31, 0x00, 0x00, 0xd8, 0x0a, 0x00]))).toThrow(
      /marked as UTF-16 but is not/,
    )
    expect(() => table(Buffer.from('\ufeffa\n1', 'utf16le').subarray(0, -1))).toThrow(/marked as UTF-16 but is not/)
    expect(() => table(Buffer.from([0xff, 0xfe, 0, 0, 0x31, 0, 0, 0]))).toThrow(/is NUL/)
  })
})

describe('a CSV file as a dataset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dc-csv-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  it('has features, classes and notices', async () => {
    const dataset = await loadCsv(file('a.csv', 'Unnamed: 0,x,kind,y\n0,1,b,2\n1,3,,4\n2,5,a,6\n'), { label: 'kind' })
    expect([...dataset.values]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...dataset.labels!]).toEqual([1, -1, 0])
    expect(dataset.metadata?.columns).toEqual(['x', 'y'])
    expect(dataset.notices).toEqual([
      "left out column 'Unnamed: 0': it numbers the rows; option index: 'keep' keeps it",
      '1 of 3 rows have no label; they are in no class',
    ])
    expect((await readCsv(file('a.csv.gz', gzipSync('1,2\n')))).rows).toBe(1)
  })

  it('names its rows by the column that it leaves out, or that is asked for', async () => {
    const numbered = await loadCsv(file('numbered.csv', 'Unnamed: 0,x\n7,1\n3,3\n5,5\n'))
    expect(numbered.rowNames).toEqual(['7', '3', '5'])
    expect((await loadCsv(file('named.csv', ',x,y\n"a, b",1,2\n=c,3,4\n'))).rowNames).toEqual(['a, b', '=c'])
    const text = 'name,x,id,y\nu,1,007,2\nv,3,008,4\n'
    const asked = await loadCsv(file('asked.csv', text), { id: 'id', label: 'name' })
    expect([[...asked.values], asked.rowNames]).toEqual([
      [1, 2, 3, 4],
      ['007', '008'],
    ])
    const first = await loadCsv(file('first.csv', text), { id: 0, ignore: 2 })
    expect([[...first.values], first.rowNames]).toEqual([
      [1, 2, 3, 4],
      ['u', 'v'],
    ])
    expect((await loadCsv(file('plain.csv', 'x,y\n1,2\n3,5\n'))).rowNames).toBeUndefined()
    await expect(loadCsv(file('ids.csv', text), { id: 'key' })).rejects.toThrow(
      "id: got 'key'; allowed: columns name, x, id, y.",
    )
  })

  it('keeps time stamps apart', async () => {
    const dataset = await loadCsv(file('t.csv', '1748735999\n1748736001\n1748736029\n1748736031\n'))
    expect([...dataset.values].map((value) => value - dataset.values[0])).toEqual([0, 2, 30, 32])
    const large = await loadCsv(file('l.csv', 'ns\n1748735999000000001\n1748735999000000002\n1748735999000000004\n'))
    expect([...large.values].map((value) => value - large.values[0])).toEqual([0, 1, 3])
  })

  it('standardises: mean 0, deviation 1, constant columns 0', async () => {
    const standardized = async (name: string, text: string) => [
      ...(await loadCsv(file(name, text), { standardize: true })).values,
    ]
    expect(await standardized('c.csv', '1,5\n3,5\n')).toEqual([-1, 0, 1, 0])
    expect(await standardized('d.csv', '1748735999\n1748736001\n')).toEqual([-1, 1])
    expect(await standardized('e.csv', '1748735999000000001\n1748735999000000003\n')).toEqual([-1, 1])
    // Rounding is no deviation.
    expect(await standardized('f.csv', `0.3\n0.30000000000000004\n0.3\n`)).toEqual([0, 0, 0])
    expect(await standardized('g.csv', Array(1000).fill('0.1').join('\n'))).toEqual(Array(1000).fill(0))
    expect(await standardized('h.csv', '-1.7e308\n1.7e308\n')).toEqual([-1, 1])
    expect(await standardized('i.csv', '1e-300\n3e-300\n')).toEqual([-1, 1])
  })

  it('is told by options of the plugin', async () => {
    const path = file('g.csv', 'id;x;k\n7;1,5;b\n9;2,5;a\n')
    const options = csv.options.parse({ path, delimiter: ';', decimal: ',', label: 'k', ignore: 'id' })
    expect([...(await csv.create(options, {})).values!]).toEqual([1.5, 2.5])
  })

  it('is an error that names what is not there', async () => {
    await expect(loadCsv(join(folder, 'none.csv'))).rejects.toThrow(/none.csv': it does not exist/)
  })
})

describe('any bytes', () => {
  const whole = Buffer.from('\ufeff,x,"y, z",kind\r\n0,1.5,2e3,"a ""b"""\r\n1,-3,4,ö\r\n2,5,6,\r\n')
  const kinds: CsvOptions[] = [
    {},
    { label: -1 },
    { label: 'kind', header: true },
    { header: false },
    { delimiter: ';' },
  ]
  const harmless = (bytes: Uint8Array, options: CsvOptions = {}) => {
    try {
      const { values, rows, columns, labels } = table(bytes, options)
      expect(values.length).toBe(rows * columns.length)
      expect(values.every(Number.isFinite)).toBe(true)
      if (labels) expect(labels).toHaveLength(rows)
    } catch (error) {
      if (!DcError.isInstance(error)) throw error
    }
  }

  it('are a table or a DataError: cut, with bits turned, and random', () => {
    const utf16 = Buffer.from('\ufeffa,b\r\n1,2\r\n', 'utf16le')
    const likely = fc
      .array(fc.constantFrom('1', '2.5', ',', ',', '\n', '\r', '"', ' ', 'a', ';', '-', 'e9', '\0', 'é', 'NaN'), {
        maxLength: 60,
      })
      .map((parts) => Buffer.from(parts.join('')))
    fc.assert(fc.property(fc.oneof(mutated([whole, utf16]), likely), fc.constantFrom(...kinds), harmless), {
      numRuns: 1500,
    })
  })

  it('of great length take time in proportion', () => {
    const long = '1'.repeat(500_000)
    for (const text of [`${long}x\n`, `${long},\n`, `a,b\n${long} ${long}\n`, `"${long}\n`, `${','.repeat(500_000)}\n`])
      harmless(Buffer.from(text))
    harmless(Buffer.from('1,2\n3,4\n'.repeat(10_000)))
    harmless(Buffer.from(`1 days${' '.repeat(500_000)}x,2\n`))
    expect(() => table(`a\n${'1 '.repeat(200_000)}`)).toThrow(DataError)
  })
})
