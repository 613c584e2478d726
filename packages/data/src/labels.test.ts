import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeLabels, type LabelValue } from './labels'

const encoded = (...values: LabelValue[]) => {
  const { labels, classNames } = encodeLabels(values)
  return { labels: labels && [...labels], classNames }
}

describe('encodeLabels', () => {
  it('orders numbers by value and texts by their code units', () => {
    expect(encoded(10, 9, 10)).toEqual({ labels: [1, 0, 1], classNames: ['9', '10'] })
    expect(encoded('10', '9', '-3')).toEqual({ labels: [2, 1, 0], classNames: ['-3', '9', '10'] })
    expect(encoded('b', 'a', 'B')).toEqual({ labels: [2, 1, 0], classNames: ['B', 'a', 'b'] })
    expect(encoded('10', '9', 'x')).toEqual({ labels: [0, 1, 2], classNames: ['10', '9', 'x'] })
  })

  it('takes −1, NaN, null and empty as unknown, in numbers and in texts', () => {
    expect(encoded(1, -1, 0, Number.NaN, null, undefined, 1)).toEqual({
      labels: [1, -1, 0, -1, -1, -1, 1],
      classNames: ['0', '1'],
    })
    for (const unknown of [
      '',
      '  ',
      '-1',
      '-1.0',
      'NaN',
      'nan',
      'NAN',
      '-nan',
      'null',
      'NULL',
      'Null',
      null,
      undefined,
      -1,
      -1n,
    ])
      expect(encoded('cat', unknown, 'ant'), String(unknown)).toEqual({
        labels: [1, -1, 0],
        classNames: ['ant', 'cat'],
      })
    expect(encodeLabels(['a', '', 'b']).notices).toEqual(['1 of 3 rows have no label; they are in no class'])
    expect(encodeLabels(['a', 'b']).notices).toEqual([])
  })

  it('has no labels if all are unknown', () => {
    for (const all of [[-1, -1], ['', ''], [null], ['nan', '-1']])
      expect(encodeLabels(all as LabelValue[])).toEqual({
        notices: ['no row has a label: all are empty, NaN, null or −1'],
      })
  })

  it('orders classes as if there were no unknown labels', () => {
    // With 'nan' counted as text these would be 10 before 9.
    expect(encoded('10', 'nan', '9', '')).toEqual({ labels: [1, -1, 0, -1], classNames: ['9', '10'] })
    expect(encoded('2.0', '', '10.0').classNames).toEqual(['2', '10'])
  })

  it('joins spellings of a number, and only those', () => {
    expect(encoded('1', '1.0', '01', '1e0', '+1', '2')).toEqual({ labels: [0, 0, 0, 0, 0, 1], classNames: ['1', '2'] })
    expect(encoded('0', '-0', '0.00')).toEqual({ labels: [0, 0, 0], classNames: ['0'] })
    expect(encoded(1, '1.0', 1n)).toEqual({ labels: [0, 0, 0], classNames: ['1'] })
    // As texts they are what they are.
    expect(encoded('1', '1.0', '01', 'x').classNames).toEqual(['01', '1', '1.0', 'x'])
    expect(encoded('a', ' a', 'A', 'é', 'e\u0301').classNames).toHaveLength(5)
    expect(encoded('0x10', '16', '1_6').classNames).toEqual(['0x10', '16', '1_6'])
  })

  it('keeps numbers of any length apart', () => {
    expect(encoded('9007199254740993', '9007199254740992', '9007199254740993')).toEqual({
      labels: [1, 0, 1],
      classNames: ['9007199254740992', '9007199254740993'],
    })
    expect(encoded(2n ** 63n, 2n ** 63n - 1n).labels).toEqual([1, 0])
    expect(encoded('0.10000000000000000001', '0.1').classNames).toEqual(['0.1', '0.10000000000000000001'])
    expect(encoded('1e400', '1e-400', '1e401').classNames).toEqual(['1e-400', '1e+400', '1e+401'])
  })

  it('takes booleans as two classes', () => {
    expect(encoded(true, false, true)).toEqual({ labels: [1, 0, 1], classNames: ['false', 'true'] })
  })

  it('says what may not be meant', () => {
    expect(encodeLabels([1, -1, 1]).notices[1]).toMatch(/−1 means unknown, so '1' is the only class/)
    expect(encodeLabels(['NA', 'US', 'NA']).notices).toEqual([
      "'NA' is a class of 2 rows; leave these labels empty if it means unknown",
    ])
    expect(() => encodeLabels([1, Number.POSITIVE_INFINITY])).toThrow(/label in row 1 \(from 0\) is Infinity/)
  })

  it('takes no longer for long texts', () => {
    const digits = '1'.repeat(1_000_000)
    expect(
      encodeLabels([`${digits}x`, digits, `${digits}.${digits}`, `${'0'.repeat(1_000_000)}1`]).classNames,
    ).toHaveLength(4)
  })

  it('never joins two values that differ, whatever the order and the unknown ones', () => {
    const value = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.bigInt(),
      fc.double({ noDefaultInfinity: true }),
      fc.constant(null),
    )
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.array(fc.constantFrom('', 'NaN', null, -1)),
        (values, unknown) => {
          const plain = encodeLabels(values)
          const mixed = encodeLabels([...unknown, ...values])
          expect(mixed.classNames).toEqual(plain.classNames)
          if (plain.labels) expect(mixed.labels!.slice(unknown.length)).toEqual(plain.labels)
          values.forEach((a, i) => {
            values.forEach((b, j) => {
              const joined = plain.labels && plain.labels[i] >= 0 && plain.labels[i] === plain.labels[j]
              if (joined && a !== b) expect(Number(a)).toBe(Number(b))
            })
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('refuses objects, whose texts are all one', () => {
    for (const odd of [{ a: 1 }, [1], new Date(0), Symbol('x'), () => 1])
      expect(() => encodeLabels(['a', odd as unknown as string])).toThrow(/^The label in row 1 \(from 0\) is no text/)
  })

  it('tells of texts that may mean unknown', () => {
    for (const text of ['NA', 'n/a', '<NA>', '#N/A', '#DIV/0!', 'NaT', 'None', 'undefined', 'Unknown', '??', '--', '.'])
      expect(encodeLabels(['a', text]).notices, text).toHaveLength(1)
    for (const text of ['nothing', '#1', 'a.', 'x-']) expect(encodeLabels(['a', text]).notices, text).toEqual([])
  })
})
