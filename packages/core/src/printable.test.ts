import { describe, expect, it } from 'vitest'
import { DataError, OptionError } from './errors'
import { printable, printableLines, quoted } from './printable'

describe('text from outside', () => {
  it('has no character that a terminal obeys', () => {
    expect(printable('a\x1b[31mb\x07\x9b1m\r\n\tc\x7f')).toBe('a\\x1b[31mb\\x07\\x9b1m\\r\\n\\tc\\x7f')
    expect(printable('a\u202eb\u2066\ufeff\u2028')).toBe('a\\u{202e}b\\u{2066}\\u{feff}\\u{2028}')
    expect(printable('\ud800x')).toBe('\\u{d800}x')
    expect(printable('naïve 日本語 🙂 👩‍👩‍👧')).toBe('naïve 日本語 🙂 👩‍👩‍👧')
  })

  it('is bounded, its ends are kept, and no pair is cut', () => {
    expect(printable('x'.repeat(1e6)).length).toBeLessThanOrEqual(120)
    expect(printable('\x1b'.repeat(1e6)).length).toBeLessThanOrEqual(120)
    expect(printable(`start${'-'.repeat(500)}end`, 20)).toMatch(/^start-+…-+end$/)
    expect(printable('🙂'.repeat(100), 20)).toMatch(/^🙂+…🙂+$/u)
    expect(quoted('a')).toBe("'a'")
  })

  it('keeps the lines of a whole message', () => {
    expect(printableLines('one\n\x1b[2Jtwo')).toBe('one\n\\x1b[2Jtwo')
  })
})

describe('messages of errors', () => {
  it('obey no control character and are bounded, whatever went into them', () => {
    expect(new DataError(`'\x1b]0;title\x07' is bad.`).message).toBe(`'\\x1b]0;title\\x07' is bad.`)
    const { message } = new DataError(`'${'x'.repeat(1e6)}' is bad.`)
    expect(message.length).toBeLessThanOrEqual(4000)
    expect(message).toMatch(/ is bad\.$/)
    expect(new OptionError('--k', 'y'.repeat(1e6), 'less').message.length).toBeLessThan(250)
  })
})
