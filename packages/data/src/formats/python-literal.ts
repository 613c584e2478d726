/** A simple Python value. The keys of a dict are text. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | { readonly tuple: readonly PythonLiteral[] }
  | { readonly list: readonly PythonLiteral[] }
  | ReadonlyMap<string, PythonLiteral>

const deepest = 16
const words: Record<string, boolean | null> = { True: true, False: false, None: null }

/**
 * Reads a Python literal of text, integers, `True`, `False`, `None`, tuples, lists and dicts, in time linear in its length:
 * `{'shape': (3, 2L), }` is a map of `shape` to the tuple 3, 2.
 *
 * @throws SyntaxError that says where the text is no such literal
 * @see Python's `ast.literal_eval`, of which this is the part that `.npy` headers use
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  let at = 0
  const fail = (wanted: string) => new SyntaxError(`${wanted} is expected at character ${at}`)
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const space = () => match(/[ \t\r\n\f]*/y)
  const sign = (character: string): boolean => {
    space()
    if (text[at] !== character) return false
    at++
    return true
  }
  /** Reads values separated by commas up to the closing sign. A comma may follow the last one. */
  const items = (close: string, read: () => void): boolean => {
    let comma = false
    while (!sign(close)) {
      read()
      comma = sign(',')
      if (comma) continue
      if (!sign(close)) throw fail(`',' or '${close}'`)
      break
    }
    return comma
  }
  const value = (depth: number): PythonLiteral => {
    if (depth > deepest) throw new SyntaxError(`values are more than ${deepest} deep`)
    const list: PythonLiteral[] = []
    const read = () => list.push(value(depth + 1))
    if (sign('(')) {
      const comma = items(')', read)
      // `(3)` is 3; `(3,)` and `()` are tuples.
      return list.length === 1 && !comma ? list[0] : { tuple: list }
    }
    if (sign('[')) {
      items(']', read)
      return { list }
    }
    if (sign('{')) {
      const map = new Map<string, PythonLiteral>()
      items('}', () => {
        const key = value(depth + 1)
        if (typeof key !== 'string') throw fail('text as a key')
        if (map.has(key)) throw new SyntaxError(`the key '${key}' is there twice`)
        if (!sign(':')) throw fail("':'")
        map.set(key, value(depth + 1))
      })
      return map
    }
    const quotedText = match(/[bu]?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/y)
    if (quotedText !== undefined)
      return quotedText
        .replace(/^[bu]/, '')
        .slice(1, -1)
        .replace(/\\(['"\\])/g, '$1')
    const integer = match(/-?\d+L?(?![\w.])/y)
    if (integer !== undefined) return Number(integer.replace('L', ''))
    const word = match(/[A-Za-z]+(?!\w)/y)
    if (word !== undefined && Object.hasOwn(words, word)) return words[word]
    throw fail('a value')
  }
  const found = value(0)
  space()
  if (at < text.length) throw fail('the end')
  return found
}
