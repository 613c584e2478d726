import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { example } from '../report/testing/example-run'
import { createNarrator } from './narrator'
import { resultTable, table } from './table'
import { jsonText, shellWord, terminalLines } from './text'

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys is looked for.
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/
const hostile = 'a\u001b[2J\u0007\u009b31m\u202eb\u0000\r\tc'

describe('table', () => {
  it('sets columns under each other, whatever the width of their characters', () => {
    const names = ['plain', '食べ物', '👩‍👩‍👧 three', 'e\u0301 accent', 'ｆｕｌｌ']
    const lines = table(
      ['name', 'n'],
      names.map((name) => [name, '7']),
      true,
    ).split('\n')
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1)
    const words = table(
      ['name', 'what'],
      names.map((name) => [name, 'words']),
    ).split('\n')
    const starts = words.map((line) => stringWidth(line) - stringWidth(line.endsWith('what') ? 'what' : 'words'))
    expect(new Set(starts)).toEqual(new Set([10]))
  })

  it('shortens long names in their middle, so that other columns stay', () => {
    const text = table(
      ['name', 'what'],
      [
        [`a${'x'.repeat(10_000)}z`, 'short'],
        ['b', 'c'],
      ],
    )
    const [, long] = text.split('\n')
    expect(long).toMatch(/^ax+…x+z {2}short$/)
    expect(stringWidth(long)).toBeLessThanOrEqual(60 + 2 + 5)
    expect(
      table(['name', 'n'], [['食'.repeat(500), '1']], true)
        .split('\n')
        .map((line) => stringWidth(line) <= 63),
    ).toEqual([true, true])
  })

  it('wraps the last column between words, and leaves a path whole', () => {
    const path = `/home/${'deep/'.repeat(40)}report.html`
    const words = Array(60).fill('word').join(' ')
    const text = table(
      ['', ''],
      [
        ['report', path],
        ['recipe', words],
      ],
    )
    expect(text).toContain(path)
    const wrapped = text.slice(text.indexOf('recipe')).split('\n')
    expect(wrapped.length).toBeGreaterThan(2)
    for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(120)
    expect(wrapped[1]).toMatch(/^ {8}word/)
    expect(wrapped.join(' ').match(/word/g)).toHaveLength(60)
  })

  it('holds as many rows as there are', () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => [String(row), 'x'])
    expect(table(['a', 'b'], rows).split('\n')).toHaveLength(200_001)
  })

  it('shows nothing that a terminal obeys', () => {
    const text = table([hostile, hostile], [[hostile, hostile]])
    expect(text).not.toMatch(obeyed)
    expect(text).toContain('a\\x1b[2J')
  })
})

describe('resultTable', () => {
  it('shows hostile names as text, of any number of clusters', () => {
    const { run } = example({ name: `${hostile}${'n'.repeat(10_000)}` })
    const seeds = [
      {
        ...run.seeds[0],
        acc: undefined,
        sizes: Array(300_000).fill(1),
        silhouette: null,
        undefinedScores: { silhouette: hostile },
      },
    ]
    const text = resultTable(
      {
        ...run,
        pipeline: hostile,
        k: 300_000,
        seeds,
        baselines: {
          kmeans: { ...run.baselines.kmeans, acc: undefined, sizes: Array(300_000).fill(2), method: hostile },
        },
        verdict: hostile,
        warnings: [{ code: 'collapsed', message: hostile.repeat(3) }],
        recipe: { name: hostile, description: hostile },
        backend: { name: hostile, description: hostile, attempts: [{ name: hostile, used: false, reason: '' }] },
        failures: { 'the map': hostile },
      },
      `runs/${hostile}`,
    )
    expect(text).not.toMatch(obeyed)
    expect(text).toContain('1–1')
    expect(text).toMatch(/no score +silhouette of a\\x1b/)
    expect(text).toMatch(/missing +the map: a\\x1b/)
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThan(300)
  })
})

describe('the narrator', () => {
  it('shows hostile names as text', () => {
    let said = ''
    const stderr = { isTTY: false, write: (text: string) => (said += text) }
    const { note, trainingStarts, epochEnds, trainingEnds, seedEnds } = createNarrator(stderr)
    note(`${hostile}\nsecond line`)
    trainingStarts(hostile.repeat(1000), 0, 1)
    epochEnds(1, { loss: Number.NaN })
    trainingEnds()
    const { run } = example()
    seedEnds({ ...run.seeds[0], acc: undefined, silhouette: null, undefinedScores: { silhouette: hostile } })
    expect(said).not.toMatch(obeyed)
    expect(said).toContain('\nsecond line\n')
    expect(said.length).toBeLessThan(2000)
  })
})

describe('solves that did not converge', () => {
  it.each([false, true])('are told once at the end of a training (on a terminal: %s)', (isTTY) => {
    let said = ''
    const stderr = { isTTY, write: (text: string) => (said += text) }
    const { trainingStarts, epochEnds, trainingEnds } = createNarrator(stderr)
    const lines = () => said.split('\n').filter((line) => /converge|settled/.test(line))
    const train = (label: string, logs: Record<string, number>[]) => {
      trainingStarts(label, 0, logs.length)
      for (const [epoch, more] of logs.entries()) epochEnds(epoch + 1, { loss: 1, ...more })
      expect(lines()).toEqual([])
      trainingEnds()
    }
    train('seed 0', [{ unconverged: 0 }, { unconverged: 0, unsettled: 0 }])
    train('seed 1', [{}])
    expect(lines()).toEqual([])
    train('seed 2', [
      { unconverged: 3, unsettled: 0 },
      { unconverged: 4, unsettled: 1 },
    ])
    const [first, second, ...more] = lines()
    expect(first).toMatch(/^seed 2: 7 solves of transport did not converge; .*larger epsilon/)
    expect(second).toMatch(/^seed 2: 1 solve of SP²OT ended before .*objectiveTolerance/)
    expect(more).toEqual([])
    said = ''
    // Ended a second time, as after an error, it says nothing again; nor does the next training.
    trainingEnds()
    train('seed 3', [{ unconverged: 0 }])
    expect(lines()).toEqual([])
  })
})

describe('text for a terminal', () => {
  it('is bounded in every line', () => {
    const text = terminalLines(`${'x'.repeat(1e6)}\n${hostile}`)
    expect(text.length).toBeLessThan(5000)
    expect(text.split('\n')[1]).toContain('\\x1b')
  })

  it('JSON reads back as it was', () => {
    const value = { [hostile]: [hostile, '食べ物', '\ud800 lone', '\u{e0041} tag'] }
    const text = jsonText(value)
    expect(text).not.toMatch(obeyed)
    expect(text).toContain('食べ物')
    expect(JSON.parse(text)).toEqual(value)
    expect(jsonText({ a: 1 }, 2)).toBe('{\n  "a": 1\n}')
  })

  it('a path is a word of a shell', () => {
    expect(shellWord('runs/bootsc-1.5')).toBe('runs/bootsc-1.5')
    expect(shellWord("it's $(mine)")).toBe("'it'\\''s $(mine)'")
    expect(shellWord(hostile)).not.toMatch(obeyed)
  })
})
