import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataError } from '@dc/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { externalFiles } from './external-files'

const bytesOf = (name: string) => readFileSync(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)))
const model = bytesOf('external.onnx')
const path = join('models', 'm.onnx')

/** A field of a protobuf message that is a message itself. */
function field(number: number, content: Uint8Array): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)])
  return Uint8Array.of(...varint(number * 8 + 2), ...varint(content.length), ...content)
}
const text = (value: string) => new TextEncoder().encode(value)
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
/** A tensor whose values are said to be elsewhere. */
const tensor = (location: string, key = 'location') =>
  joined(field(13, joined(field(1, text(key)), field(2, text(location)))), Uint8Array.of(14 * 8, 1))

describe('externalFiles', () => {
  it('are beside the model', () => {
    expect(externalFiles(model, path)).toEqual([join('models', 'external.bin')])
    expect(externalFiles(bytesOf('float16.onnx'), path)).toEqual([])
  })

  it('are found wherever a model has tensors, each once, in order', () => {
    const attribute = (number: number, content: Uint8Array) => field(1, field(5, field(number, content)))
    const graph = joined(
      field(5, tensor('b')),
      field(5, tensor('a')),
      field(5, tensor('./b')),
      field(5, tensor('no', 'offset')),
      field(15, joined(field(1, tensor('c')), field(2, tensor('d')))),
      attribute(5, tensor('e')),
      attribute(10, tensor('f')),
      attribute(6, field(5, tensor('g'))),
      attribute(11, attribute(6, field(5, tensor('h')))),
      attribute(22, field(1, tensor('sub/../i'))),
      attribute(23, field(1, tensor('deep/j'))),
    )
    const found = externalFiles(field(7, graph), path)
    // A function has its nodes in field 7.
    const inFunction = externalFiles(
      joined(field(7, graph), field(25, field(7, field(5, field(5, tensor('k')))))),
      path,
    )
    expect(found).toEqual(['a', 'b', 'c', 'd', 'deep/j', 'e', 'f', 'g', 'h', 'i'].map((name) => join('models', name)))
    expect(inFunction).toEqual([...found, join('models', 'k')].sort())
  })

  it('are not outside of its folder', () => {
    for (const location of ['../evil', '/etc/passwd', 'a/../../evil', '..', 'a\0b'])
      expect(() => externalFiles(field(7, field(5, tensor(location))), path)).toThrow(
        /has weights in '.*'; they may only be in its folder or below/,
      )
  })

  it('of what is no model is an error', () => {
    let nested = field(5, tensor('a'))
    for (let depth = 0; depth < 60; depth++) nested = field(1, field(5, field(6, nested)))
    for (const bytes of [new Uint8Array(0), field(8, text('x')), field(7, nested), text('PK\x03\x04 zip')])
      expect(() => externalFiles(bytes, path)).toThrow(/is no ONNX model, or is cut/)
    expect(externalFiles(Uint8Array.of(8, 0, 0, 0, ...text('ORTM'), 1, 2, 3), path)).toEqual([])
  })

  it('of any bytes are files or an error', () => {
    const check = (bytes: Uint8Array) => {
      try {
        for (const file of externalFiles(bytes, path)) expect(file.startsWith('models')).toBe(true)
      } catch (error) {
        if (!DataError.isInstance(error)) throw error
      }
    }
    for (let length = 0; length < model.length; length++) check(model.subarray(0, length))
    for (let bit = 0; bit < 8 * model.length; bit++) {
      const bytes = Uint8Array.from(model)
      bytes[bit >> 3] ^= 1 << (bit & 7)
      check(bytes)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check), { numRuns: 500 })
  })
})
