import { describe, expect, it } from 'vitest'
import { asFlags, flagInFront } from './as-flags'

describe('options of readers as flags', () => {
  it.each([
    ["say so with option delimiter: ';' (and", "say so with --set 'data.options.delimiter=;' (and"],
    ["option delimiter: '\\t'", "--set 'data.options.delimiter=\\t'"],
    ["(and option decimal: ',' for", '(and --set data.options.decimal=, for'],
    ['option delimiter names the character', '--set data.options.delimiter=CHARACTER names the character'],
    ['say so with option header: true.', 'say so with --set data.options.header=true.'],
    ["option index: 'keep' keeps it", '--set data.options.index=keep keeps it'],
    ["option ignore: 'id' leaves it out", "--ignore 'id' leaves it out"],
    ['option ignore: 0 leaves it out', '--ignore 0 leaves it out'],
    ['leave it out with option ignore.', 'leave it out with --ignore COLUMN.'],
    ['with option label, or with option id,', 'with --labels COLUMN, or with --id COLUMN,'],
    ['name it with option labels', 'name it with --labels NAME'],
    ['Name one with option features.', 'Name one with --set data.options.features=NAME.'],
    ['an option of another kind, option identity', 'an option of another kind, option identity'],
  ])('%s', (said, shown) => expect(asFlags(said)).toBe(shown))

  it.each([
    ["label: got 'kind'; allowed: columns a", "--labels: got 'kind'; allowed: columns a"],
    ["dataset.npy.id: got 'a'; allowed: options path", "--id: got 'a'; allowed: options path"],
    ["dataset.csv.decimal: got ';'; allowed: .", "data.options.decimal: got ';'; allowed: ."],
    [
      'dataset.csv.path: got undefined; allowed: a text',
      "--data: got 'csv'; allowed: csv:PATH, for it reads a file or folder.",
    ],
    ["labels: got 'mine'; allowed: prototypes", "labels: got 'mine'; allowed: prototypes"],
    ["'a.csv', record 2: label: got 3", "'a.csv', record 2: label: got 3"],
  ])('%s', (said, shown) => expect(flagInFront(said)).toBe(shown))
})
