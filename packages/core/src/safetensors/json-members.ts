import { quoted } from '../text'

/** A text is not the JSON object that was expected. */
export class JsonSyntaxError extends Error {}

/**
 * The members of a JSON object one by one, each with the unparsed text of its value: `{"a": [1]}` gives `['a', '[1]']`.
 *
 * `JSON.parse` does not report a name that stands twice, and it makes of a hostile text of 100 MB objects of many times that
 * size. Here the caller looks at one member before the next is read.
 *
 * @param deepest how many brackets may be open inside a value
 * @throws JsonSyntaxError if the text is no object, a name stands twice or a value is nested deeper
 */
export function* jsonMembers(text: string, deepest: number): Generator<[name: string, value: string]> {
  const names = new Set<string>()
  let at = expectCharacter(text, afterSpace(text, 0), '{')
  if (text[at] === '}') return expectEnd(text, at + 1)
  for (;;) {
    const nameEnd = stringEnd(text, at)
    const name = parseJson(text.slice(at, nameEnd)) as string
    if (names.has(name)) throw new JsonSyntaxError(`it names ${quoted(name)} twice`)
    names.add(name)
    at = expectCharacter(text, afterSpace(text, nameEnd), ':')
    const end = valueEnd(text, at, deepest)
    yield [name, text.slice(at, end)]
    at = afterSpace(text, end)
    if (text[at] === '}') return expectEnd(text, at + 1)
    at = expectCharacter(text, at, ',')
  }
}

/** @throws JsonSyntaxError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonSyntaxError('it is no JSON')
  }
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return at
}

/** The position after a character that must stand here. */
function expectCharacter(text: string, at: number, character: string): number {
  if (text[at] !== character) throw new JsonSyntaxError('it is no JSON object')
  return afterSpace(text, at + 1)
}

function expectEnd(text: string, at: number): void {
  if (afterSpace(text, at) !== text.length) throw new JsonSyntaxError('something stands behind it')
}

function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') throw new JsonSyntaxError('it is no JSON object')
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function valueEnd(text: string, start: number, deepest: number): number {
  let at = start
  let open = 0
  while (at < text.length) {
    const character = text[at]
    if (character === '"') at = stringEnd(text, at)
    else {
      if (open === 0 && (character === ',' || character === '}')) break
      if (character === '{' || character === '[') open++
      if (character === '}' || character === ']') open--
      if (open > deepest) throw new JsonSyntaxError('it is nested too deep')
      at++
    }
  }
  return at
}
