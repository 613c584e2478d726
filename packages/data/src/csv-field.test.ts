import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csvCell, textOfCell } from '@dc/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsvCells } from './formats/csv-cells'

describe('a cell of text', () => {
  it('is quoted where it must be', () => {
    expect(csvCell('cats/a (1).jpg')).toBe('cats/a (1).jpg')
    expect(csvCell('a,b')).toBe('"a,b"')
    expect(csvCell('"')).toBe('""""')
    expect(csvCell(' a')).toBe('" a"')
    expect(csvCell('a\nb')).toBe('"a\nb"')
  })

  it('is no formula to a spreadsheet', () => {
    expect(csvCell('=1+1')).toBe(`"'=1+1"`)
    expect(csvCell("'=1")).toBe(`"''=1"`)
    expect(csvCell('-a.jpg')).toBe(`"'-a.jpg"`)
    expect(csvCell('a;=1')).toBe(`"a;'=1"`)
    for (const text of ['+x', '@x', ' =x', '\t=x', '\r=x', '＝x', '-2+3', '=', '-', '\n=x']) {
      const cell = csvCell(text).slice(1, -1)
      expect(cell).not.toMatch(/(?:^|[;\t\r\n])\s*[=+\-@＝＋－＠]/)
      expect(textOfCell(cell)).toBe(text)
    }
  })

  it('stays a number that is one', () => {
    for (const text of ['-5', '+1', '-1.5e-3', '12']) expect(csvCell(text).replaceAll('"', '')).toBe(text)
  })

  it('is read back exactly, whatever it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cells-'))
    const path = join(folder, 'cells.csv')
    const piece = fc.constantFrom(...`'=+-@;,"\t\r\n aé９＝0.`)
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
          writeFileSync(path, `${['row,name', ...texts.map((each, row) => `${row},${csvCell(each)}`)].join('\n')}\n`)
          const { records } = await readCsvCells(path)
          expect(records.slice(1).map(([, cell]) => textOfCell(cell))).toEqual(texts)
        }),
        { numRuns: 300 },
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
