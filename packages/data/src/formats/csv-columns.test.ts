import { describe, expect, it } from 'vitest'
import { rows, table } from '../testing/csv-tables'

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
    // Above whole numbers if the label has a name as well.
    for (const [text, label] of [
      ['country,2019,2020,2021\nde,1.5,2,3\nfr,4,5,6', 0],
      ['400,405,410,Sorte\n71,32,53,de\n84,25,76,fr', -1],
    ] as const) {
      expect(table(text, { label }).labels).toEqual(['de', 'fr'])
      expect(table(text, { label }).notices[0]).toMatch(/taken as the names .* lie at equal distances/)
    }
    // These may as well be a row, which is told.
    for (const numbers of ['2019,2020,2021', '1,2,3', '7,8,9']) {
      const { rows, notices } = table(`${numbers}\n7,1,9\n2,8,4\n5,5,1`)
      expect([rows, notices[0]], numbers).toEqual([
        4,
        `record 1 (${numbers.replaceAll(',', ', ')}) is taken as data; option header: true takes it as the names of the columns`,
      ])
    }
    expect(table('0,1,2,kind\n5,6,7,a\n7,8,4,b', { label: -1 }).notices[0]).toMatch(/is taken as data/)
    expect(table('2019,2020,2021\n1,2,3\n4,5,6').notices[0]).toMatch(/is taken as data/)
    expect(table('5,1,7\n7,1,9\n2,8,4').notices).toEqual([])
    // These are a row.
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

  it('says which column seems to hold the true classes', () => {
    const notice = (text: string, options = {}) => table(text, options).notices
    const rows = '5,0\n7,1\n6,0\n9,1'
    const told = (name: string) => [
      `column '${name}' is a feature, though it seems to hold the true classes; option label: '${name}' takes it as such`,
    ]
    for (const name of ['label', 'Class', 'target', 'y', 'true_label', 'class label', 'cluster-label', 'truth'])
      expect(notice(`a,${name}\n${rows}`), name).toEqual(told(name))
    for (const name of ['b', 'labelled', 'classic', 'target price', 'why'])
      expect(notice(`a,${name}\n${rows}`), name).toEqual([])
    expect(notice(`a,label\n${rows}`, { label: 'label' })).toEqual([])
    expect(notice(`a,label\n${rows}`, { ignore: 'a' })).toEqual([])
    // Coordinates.
    expect(notice(`X,Y\n${rows}`)).toEqual([])
    // Measured, all different, or all the same.
    for (const cells of ['0.5\n7,1\n6,0.5\n9,1', '1\n7,4\n6,2\n9,3', '1\n7,1\n6,1\n9,1'])
      expect(notice(`a,y\n5,${cells}`), cells).toEqual([])
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
    // A text that is a number, as command lines give it: a name first, and else a number.
    expect(table('id,x,y\n7,1,2\n9,3,4', { ignore: ['0', '-1'] }).columns).toEqual(['x'])
    expect(table('1,0,y\n7,1,2\n9,3,4', { ignore: '0', header: true }).columns).toEqual(['1', 'y'])
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
