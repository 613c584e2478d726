import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DataError, DcError, OptionError } from '@dc/core'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { csv, loadCsv } from '../datasets/csv'
import { mutated } from '../testing/mutations'
import { type CsvOptions, parseCsv, readCsv } from './csv'

const table = (text: string | Uint8Array, options?: CsvOptions) =>
  parseCsv(typeof text === 'string' ? Buffer.from(text) : text, 't.csv', options)
const rows = (text: string | Uint8Array, options?: CsvOptions) => {
  const { values, columns } = table(text, options)
  return Array.from({ length: values.length / columns.length }, (_, row) =>
    Array.from(values.subarray(row * columns.length, (row + 1) * columns.length)),
  )
}

describe('the header of a CSV table', () => {
  it('is found by its texts above numbers', () => {
    expect(table('x,y\n1,2\n3,4').columns).toEqual(['x', 'y'])
    expect(table('1,2\n3,4').columns).toEqual(['0', '1'])
    expect(table('na,k\n1,2\n3,4').columns).toEqual(['na', 'k'])
    expect(table('a,,c\n1,2,3').columns).toEqual(['a', '1', 'c'])
    expect(table('x,when,y\n1,2024-01-02,2\n', { ignore: 'when' }).columns).toEqual(['x', 'y'])
    expect(table('2024-01-01,2024-01-02\n0.5,0.6\n').columns).toEqual(['2024-01-01', '2024-01-02'])
    expect(table('id,2019,2020\n1,0.5,0.7\n2,0.1,0.2').columns).toEqual(['id', '2019', '2020'])
  })

  it.each(['', 'NaN', 'nan', 'inf', '-inf', '?', 'NA', '1e400', '0x10', 'abc', 'true', '2024-01-02', '1_000'])(
    'is not guessed from one odd cell: %o',
    (odd) => {
      expect(() => table(`5.1,${odd},1.4\n4.9,3.0,1.4\n6.0,2.9,4.5`)).toThrow(/'t.csv', record 1, column '1': /)
      expect(() => table(`5.1,2,${odd || '?'}\n4.9,3.0,1.4\n6.0,2.9,4.5`)).toThrow(/'t.csv', record 1, column '2': /)
      expect(() => table(`${odd},2,1.4,x\n4.9,3.0,1.4,y\n6.0,2.9,4.5,z`, { label: -1 })).toThrow(
        /record 1, column '0': /,
      )
    },
  )

  it('is found where record 1 counts the columns above other numbers', () => {
    const { labels, values, notices } = table('0,1,label\n0.1,0.2,a\n0.3,0.4,b', { label: -1 })
    expect([labels, [...values]]).toEqual([
      ['a', 'b'],
      [0.1, 0.2, 0.3, 0.4],
    ])
    expect(notices[0]).toMatch(/record 1 \(0, 1\) is taken as the names of the columns.*header: false/)
    expect(table('0,1,label\n0.1,0.2,a\n0.3,0.4,b', { label: 'label' }).labels).toEqual(['a', 'b'])
    expect(table('0,1,2\n0.1,0.2,0.3\n0.4,0.5,0.6').columns).toEqual(['0', '1', '2'])
    expect(rows('0,1,2\n0.1,0.2,0.3\n0.4,0.5,0.6')).toHaveLength(2)
    expect(rows(',0,1\n0,0.1,0.2\n1,0.4,0.5')).toEqual([
      [0.1, 0.2],
      [0.4, 0.5],
    ])
    expect(rows('0,1,2,3\n0.1,0.2,7,1\n0.4,0.5,8,0', { label: 3 })).toHaveLength(2)
    expect(rows('0,1,2\n5,7,8\n3,4,4')).toHaveLength(2)
  })

  it('is found where record 1 holds years, wavelengths, or a word for the labels', () => {
    for (const numbers of ['400,405,410', '2019,2020,2021', '400.5,401,401.5', '1,2,3', '-1,-2,-3']) {
      expect(rows(`${numbers}\n0.1,0.2,0.3\n0.4,0.5,0.6`), numbers).toHaveLength(2)
      expect(table(`${numbers},Sorte\n0.1,0.2,0.3,a\n0.4,0.5,0.6,b`, { label: -1 }).labels).toEqual(['a', 'b'])
    }
    expect(table('0.5,1.25,7.5,class\n0.1,0.2,0.3,a\n0.4,0.5,0.6,b', { label: -1 }).labels).toEqual(['a', 'b'])
    expect(table('0,label\n0.1,a\n0.3,b', { label: -1 }).labels).toEqual(['a', 'b'])
    expect(table('0,Sorte\n0.1,a\n0.3,b\n0.2,a\n0.5,b', { label: -1 }).labels).toEqual(['a', 'b', 'a', 'b'])
    expect(table('0.5,species\n0.1,a\n0.3,b', { label: -1 }).notices[0]).toMatch(/for it calls the labels 'species'/)
    // These may as well be a row.
    expect(rows('1,2,3\n7,1,9\n2,8,4')).toHaveLength(3)
    expect(rows('0.1,0.2,0.3\n0.5,0.1,0.9\n0.2,0.7,0.4')).toHaveLength(3)
    expect(rows('0.5,1.5,2.5\n1.5,2.5,3.5')).toHaveLength(2)
    expect(table('5.1,3.5,setosa\n4.9,3.0,virginica', { label: -1 }).labels).toEqual(['setosa', 'virginica'])
    expect(table('1.5,y\n2.5,n\n0.5,y', { label: -1 }).labels).toEqual(['y', 'n', 'y'])
  })

  it('is not found where the data go on with the count, or may', () => {
    expect(rows('0,1,2\n3,4,5\n6,7,8')).toHaveLength(3)
    expect(rows('0,1,2\n1,2,3\n2,3,4')).toHaveLength(3)
    for (const ambiguous of ['0,1\n1,0\n1,1', '0,1,2\n2,1,0\n1,0,2', '0\n0.5\n1.5']) {
      expect(rows(ambiguous)).toHaveLength(3)
      expect(table(ambiguous).notices[0]).toMatch(/is taken as data; option header: true/)
    }
    // Label 'a' occurs below, so that record 1 is a row.
    expect(rows('0,1,a\n0.1,0.2,a\n0.3,0.4,b', { label: -1 })).toHaveLength(3)
    expect(rows('0,1,7\n0.1,0.2,7\n0.3,0.4,8', { label: -1 })).toHaveLength(3)
  })

  it('is what the user says', () => {
    expect(table('5.1,abc,1.4\n4.9,3.0,1.4', { header: true }).columns).toEqual(['5.1', 'abc', '1.4'])
    expect(rows('0,1\n0.5,0.5', { header: false })).toHaveLength(2)
    expect(() => table('x,y\n1,2', { header: false })).toThrow(/record 1, column '0': 'x' is not a finite number/)
  })
})

describe('the label column', () => {
  it('is told by name or number', () => {
    expect(table('x,kind,y\n1,b,2\n3,a,4\n', { label: 'kind' }).labels).toEqual(['b', 'a'])
    expect(table('x,kind,y\n1,b,2\n3,a,4\n', { label: 1 }).labels).toEqual(['b', 'a'])
    expect(table('1,2,cat\n3,4,dog\n', { label: -1 }).labels).toEqual(['cat', 'dog'])
    expect(table('1,2,cat\n3,4,dog\n', { label: -3, ignore: -1 }).labels).toEqual(['1', '3'])
    // A number that is no position, but a name.
    expect(table('2019,2020,x\n0.5,0,0.1\n0.1,1,0.2', { label: 2020, header: true }).labels).toEqual(['0', '1'])
  })

  it('is refused where it is none, or two', () => {
    expect(() => table('a,b\n1,2\n', { label: 'c' })).toThrow(/allowed: columns a, b/)
    expect(() => table('1,2\n3,4\n', { label: 2 })).toThrow(/allowed: 0…1, or −1…−2/)
    expect(() => table('x,x\n1,2\n', { label: 'x' })).toThrow(/numbers 0, 1 are called so/)
    expect(() => table('2,1,0\n0.5,0.7,0.1', { label: 2, header: true })).toThrow(
      /number 2 is '0', and number 0 is called '2'/,
    )
    expect(() => table('kind\na\nb', { label: 'kind' })).toThrow(/no columns of features/)
  })
})

describe('columns that are no features', () => {
  it('leaves out a first column without name that numbers the rows', () => {
    for (const name of ['', 'Unnamed: 0', '""'])
      for (const index of [
        [0, 1, 2],
        [1, 2, 3],
        [7, 3, 5],
        [0, 1, 0],
      ].slice(0, 3)) {
        const { columns, values, notices } = table(`${name},a,b\n${index.map((i) => `${i},${i}.5,9`).join('\n')}`)
        expect([columns, [...values]]).toEqual([['a', 'b'], index.flatMap((i) => [i + 0.5, 9])])
        expect(notices[0]).toMatch(/^left out .*: it numbers the rows; option index: 'keep' keeps it$/)
      }
    expect(table('Unnamed: 0.1,Unnamed: 0,a\n0,0,1\n1,1,2').columns).toEqual(['a'])
    // As pandas writes tables that were joined.
    expect(table(',a\n0,1\n1,2\n2,5\n0,3\n1,4').columns).toEqual(['a'])
    expect(table(',a\n0,1\n1,2', { index: 'keep' }).columns).toEqual(['0', 'a'])
  })

  it('leaves out the names of rows, as R and pandas write them', () => {
    const { columns, notices } = table('"","mpg","cyl"\n"Mazda RX4",21,6\n"Datsun 710",22.8,4\n')
    expect([columns, notices]).toEqual([
      ['mpg', 'cyl'],
      ['left out the first column, which has no name: it names the rows'],
    ])
    // R's write.table: no name above them at all.
    expect(table('"mpg","cyl"\n"Mazda RX4",21,6\n"Datsun 710",22.8,4\n').columns).toEqual(['mpg', 'cyl'])
    expect(table('"x","y"\n"1",21,6\n"2",22.8,4\n').columns).toEqual(['x', 'y'])
    expect(table(',x\n2024-01-01,1\n2024-01-02,2').columns).toEqual(['x'])
  })

  it('takes a first column without name that does not number the rows, and says so', () => {
    const { columns, notices } = table(',a\n0.5,1\n1.5,2')
    expect([columns, notices]).toEqual([
      ['0', 'a'],
      ['took the first column, which has no name as a feature; option ignore: 0 leaves it out'],
    ])
    expect(table(',a\n0,1\n1,2\n1,3').columns).toEqual(['0', 'a'])
    expect(() => table(',label\n0,a\n1,b', { label: 'label' })).toThrow(/no column of features beside one that numbers/)
  })

  it('says which column seems to number the rows, though it has a name', () => {
    const notice = (text: string, options = {}) => table(text, options).notices
    const told = (name: string) =>
      `column '${name}' is a feature, though it seems to number the rows; option ignore: '${name}' leaves it out`
    for (const name of ['id', 'index', 'sample', 'x'])
      expect(notice(`${name},a\n1,5\n2,7\n3,6`), name).toEqual([told(name)])
    for (const name of ['id', 'PassengerId', 'customerID', 'row_index', 'No.', '#'])
      expect(notice(`${name},a\n842302,5\n842517,7\n8510426,6`), name).toEqual([told(name)])
    expect(notice('label,id,a\nx,10,5\ny,30,7\nx,20,6', { label: 'label' })).toEqual([told('id')])
    expect(table('id,a\n1,5\n2,7\n3,6').columns).toEqual(['id', 'a'])
    expect(notice('height,a\n170,5\n183,7\n165,6')).toEqual([])
    expect(notice('id,a\n1,5\n1,7\n3,6')).toEqual([])
    expect(notice('id,a\n0.5,5\n1.5,7\n2.5,6')).toEqual([])
    expect(notice('id,a\n1,5\n2,7\n3,6', { index: 'keep' })).toEqual([])
    expect(notice('id,a\n1,5\n2,7\n3,6', { ignore: 'id' })).toEqual([])
    expect(notice('id\n1\n2\n3')).toEqual([])
  })

  it('does not count columns without name and content', () => {
    expect(table('a,b,\n1,2,\n3,4,', { label: -1 }).labels).toEqual(['2', '4'])
    expect(table('a,b,\n1,2,\n3,4,').columns).toEqual(['a', 'b'])
    expect(table('1,2,x,\n3,4,y,', { label: -1 }).labels).toEqual(['x', 'y'])
    expect(rows('a,b,,,\n1,2,,,\n3,4')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(rows('a,b\n1,2,\n3,4,')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(table(',a,b\n,1,2\n,3,4').columns).toEqual(['a', 'b'])
    // One with a name is a column.
    expect(() => table('a,b\n1,\n3,')).toThrow(/record 2, column 'b': the cell is empty/)
    const late = `a,b,\n${'1,2,\n'.repeat(2000)}1,2,note`
    expect(() => table(late)).toThrow(
      /record 2002: 'note' stands in column 2 \(from 0\), which has no name and is empty above/,
    )
  })

  it('leaves out what the user says', () => {
    expect(table('id,x,y\n7,1,2\n9,3,4', { ignore: 'id' }).columns).toEqual(['x', 'y'])
    expect(table('id,x,y\n7,1,2\n9,3,4', { ignore: ['id', -1] }).columns).toEqual(['x'])
    expect(() => table('id,x\n7,1', { ignore: 'z' })).toThrow(/^ignore: got 'z'; allowed: columns id, x/)
  })

  it.each([
    '2024-01-02',
    '2024-01-02 10:30:00',
    '2024-01-02T10:30:00.123Z',
    '02.01.2024',
    '1/2/2024',
    '12:30:00',
    '1 days 02:00:00',
    'P1DT2H',
    '2 Jan 2024',
  ])('refuses dates, times and durations by name: %s', (date) => {
    const text = `when,x\n${date},1\n${date},2`
    expect(() => table(text)).toThrow(/column 'when': '.*' is a date, a time or a duration.*option ignore/)
    expect(table(text, { ignore: 'when' }).columns).toEqual(['x'])
    expect(table(text, { label: 'when' }).labels).toEqual([date, date])
  })

  it('refuses texts, and says what may be meant', () => {
    expect(() => table('species,x\nsetosa,1\nvirginica,2')).toThrow(
      /'setosa' is not a finite number; if the column holds the labels/,
    )
  })
})

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
    expect(() => table('a,b\n1,')).toThrow(/column 'b': the cell is empty/)
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
