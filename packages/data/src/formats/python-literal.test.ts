import { describe, expect, it } from 'vitest'
import { parsePythonLiteral } from './python-literal'

describe('parsePythonLiteral', () => {
  it('reads what Python writes', () => {
    expect(parsePythonLiteral(" {'a': (1, 2L,), \"b\" : [True, None], 'c': {}, 'd': -3,}\n")).toEqual(
      new Map<string, unknown>([
        ['a', { tuple: [1, 2] }],
        ['b', { list: [true, null] }],
        ['c', new Map()],
        ['d', -3],
      ]),
    )
    expect(parsePythonLiteral('()')).toEqual({ tuple: [] })
    expect(parsePythonLiteral('(3)')).toBe(3)
    expect(parsePythonLiteral('(3,)')).toEqual({ tuple: [3] })
    expect(parsePythonLiteral(String.raw`b'it\'s \\n'`)).toBe("it's \\n")
  })

  it.each([
    '',
    '{',
    "{'a' 1}",
    "{'a': 1 'b': 2}",
    "{'a': 1, 'a': 2}",
    '{1: 2}',
    '(,)',
    '(1,,)',
    '1.5',
    '1e3',
    '1_0',
    '0x10',
    'true',
    'Truely',
    "'open",
    '1 2',
    '(1',
    '+1',
    '[1)',
  ])('refuses %j', (text) => {
    expect(() => parsePythonLiteral(text)).toThrow(SyntaxError)
  })

  it('is not led into depth or into time', () => {
    expect(() => parsePythonLiteral('('.repeat(10_000))).toThrow(/more than 16 deep/)
    for (const text of [
      "'".padEnd(10_000, '\\'),
      '{'.padEnd(10_000, ' '),
      "{'descr':".padEnd(10_000, "'a'"),
      '1'.repeat(10_000),
    ]) {
      try {
        parsePythonLiteral(text)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError)
      }
    }
  })
})
