import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataError, OptionError } from '../errors'
import { decodeSafetensors, encodeSafetensors, openSafetensors, type SafetensorsTensor } from '../safetensors'

const f32 = (shape: number[], ...values: number[]): SafetensorsTensor => ({
  type: 'F32',
  shape,
  values: Float32Array.from(values),
})

/** A file of a header as it stands and bytes that count up. */
function file(header: string | Uint8Array, bytes = 0): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const out = new Uint8Array(8 + text.length + bytes)
  new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true)
  out.set(text, 8)
  for (let i = 0; i < bytes; i++) out[8 + text.length + i] = i
  return out
}
const entry = (shape: string, offsets: string, dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`
const decode = (bytes: Uint8Array) => decodeSafetensors(bytes, 'w')

describe('safetensors', () => {
  it('come back as they were, of every type, aligned to 8 bytes', () => {
    const tensors = new Map<string, SafetensorsTensor>([
      ['f64', { type: 'F64', shape: [1], values: Float64Array.of(Math.PI) }],
      ['f32', f32([2, 1], 1.5, Number.NaN)],
      ['bool', { type: 'BOOL', shape: [3], values: Uint8Array.of(1, 0, 1) }],
      ['f16', { type: 'F16', shape: [1], values: Uint16Array.of(0x3e00) }],
      ['bf16', { type: 'BF16', shape: [1], values: Uint16Array.of(0x3fc0) }],
      ['i64', { type: 'I64', shape: [], values: BigInt64Array.of(-(2n ** 62n)) }],
      ['u64', { type: 'U64', shape: [], values: BigUint64Array.of(2n ** 63n) }],
      ['i32', { type: 'I32', shape: [2], values: Int32Array.of(-1, 2 ** 30) }],
      ['u32', { type: 'U32', shape: [1], values: Uint32Array.of(2 ** 32 - 1) }],
      ['i16', { type: 'I16', shape: [1], values: Int16Array.of(-5) }],
      ['u16', { type: 'U16', shape: [1], values: Uint16Array.of(65535) }],
      ['i8', { type: 'I8', shape: [1], values: Int8Array.of(-5) }],
      ['u8', { type: 'U8', shape: [1], values: Uint8Array.of(255) }],
      ['none', f32([0, 7])],
      ['__proto__', f32([1], 9)],
      ['constructor', f32([], 4)],
      ['é"\\\n', f32([1], 2)],
    ])
    const metadata = Object.fromEntries([
      ['note', 'é'],
      ['__proto__', 'own'],
    ])
    const bytes = encodeSafetensors(tensors, metadata)
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0)
    const found = decode(bytes)
    expect(found.tensors).toEqual(tensors)
    expect([...found.metadata]).toEqual(Object.entries(metadata))
    // Bytes that begin anywhere in their buffer, as Node's do.
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decode(shifted.subarray(3)).tensors).toEqual(tensors)
    expect({}).not.toHaveProperty('type')
  })

  it('are those that Python writes', () => {
    // safetensors 0.8.0: save({'a': np.array([[1.5, -2]], 'float16'), 'b': np.arange(3, dtype='int64')}, {'k': 'v'})
    const bytes = Buffer.from(
      'kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJrIjoidiJ9LCJiIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMCwyNF19LCJhIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOlsxLDJdLCJkYXRhX29mZnNldHMiOlsyNCwyOF19fSAgICAgICAAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAAAPgDA',
      'base64',
    )
    const { tensors, metadata } = decode(bytes)
    expect(tensors.get('a')).toEqual({ type: 'F16', shape: [1, 2], values: Uint16Array.of(0x3e00, 0xc000) })
    expect(tensors.get('b')?.values).toEqual(BigInt64Array.of(0n, 1n, 2n))
    expect(metadata).toEqual(new Map([['k', 'v']]))
  })

  const wrong: [string, Uint8Array, RegExp][] = [
    ['no bytes', new Uint8Array(0), /it has 0 bytes/],
    ['a header beyond the end', Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 123, 125), /its header has 9 bytes, and ends/],
    ['a length of 2⁶⁴ − 1', new Uint8Array(20).fill(255), /has 18446744073709551615 bytes, and ends before/],
    ['no header', file(''), /no JSON object/],
    ['a header that is no JSON', file('{"a"'), /no JSON object/],
    ['a list', file('[]'), /no JSON object/],
    ['null', file('null'), /no JSON object/],
    ['a text', file('"a"'), /no JSON object/],
    ['something behind the header', file('{}{}'), /something stands behind it/],
    ['a header that is not UTF-8', file(Uint8Array.of(123, 34, 255, 34, 125)), /not UTF-8/],
    ['deep nesting', file(`{"a":${'['.repeat(1e5)}`), /nested too deep/],
    ['a name twice', file(`{"a":${entry('[1]', '[0,4]')},"\\u0061":${entry('[1]', '[4,8]')}}`, 8), /names 'a' twice/],
    [
      'a fact twice',
      file(`{"a":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}`, 4),
      /names 'dtype' twice/,
    ],
    ['a number as metadata', file('{"__metadata__":{"step":3}}'), /metadata 'step' is no text/],
    ['a list as metadata', file('{"__metadata__":[]}'), /no JSON object/],
    ['nested metadata', file('{"__metadata__":{"a":{"b":"c"}}}'), /nested too deep/],
    [
      'more metadata than anybody writes',
      file(
        JSON.stringify({ __metadata__: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`m${i}`, ''])) }),
      ),
      /more than 10000 metadata/,
    ],
    ['a tensor that is no object', file('{"a":3}'), /tensor 'a' is no object/],
    ['a tensor that is null', file('{"a":null}'), /tensor 'a' is no object/],
    ['no shape', file('{"a":{"dtype":"F32","data_offsets":[0,0]}}'), /'a' has not all of dtype, shape/],
    [
      'an unknown fact',
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"scale":[2]}}', 4),
      /'a' has 'scale', which/,
    ],
    [
      'an 8-bit float',
      file(`{"a":${entry('[4]', '[0,4]', 'F8_E4M3')}}`, 4),
      /'a' is of type 'F8_E4M3'; readable are F64/,
    ],
    ['a type from Object', file(`{"a":${entry('[4]', '[0,4]', 'constructor')}}`, 4), /of type 'constructor'/],
    ['a negative shape', file(`{"a":${entry('[-2,-3]', '[0,24]')}}`, 24), /has shape '\[-2,-3\]'/],
    ['a fraction in a shape', file(`{"a":${entry('[1.5]', '[0,6]')}}`, 6), /has shape '\[1.5\]'/],
    ['a shape beyond 2⁵³', file(`{"a":${entry('[9007199254740993]', '[0,4]')}}`, 4), /has shape/],
    ['a product beyond 2⁵³', file(`{"a":${entry('[4294967296,4294967296]', '[0,4]')}}`, 4), /needs .* bytes and has 4/],
    ['a text in a shape', file(`{"a":${entry('["1"]', '[0,4]')}}`, 4), /has shape/],
    ['a shape that is an object', file(`{"a":${entry('{}', '[0,4]')}}`, 4), /has shape/],
    ['offsets turned round', file(`{"a":${entry('[1]', '[4,0]')}}`, 4), /has data_offsets '\[4,0\]'/],
    ['negative offsets: the header as weights', file(`{"a":${entry('[1]', '[-8,-4]')}}`, 4), /has data_offsets/],
    ['a fraction in offsets', file(`{"a":${entry('[1]', '[0.5,4.5]')}}`, 5), /has data_offsets/],
    ['three offsets', file(`{"a":${entry('[1]', '[0,4,8]')}}`, 8), /has data_offsets/],
    [
      'too few bytes for the shape',
      file(`{"a":${entry('[2]', '[0,4]')}}`, 4),
      /shape \[2\] and type F32 needs 8 bytes/,
    ],
    ['an end beyond the file', file(`{"a":${entry('[2]', '[0,8]')}}`, 4), /ends at byte \d+, and tensor 'a' at/],
    [
      'an overlap',
      file(`{"a":${entry('[2]', '[0,8]')},"b":${entry('[2]', '[4,12]')}}`, 12),
      /tensor 'b' overlaps tensor 'a'/,
    ],
    ['two tensors in one place', file(`{"a":${entry('[1]', '[0,4]')},"b":${entry('[1]', '[0,4]')}}`, 4), /overlaps/],
    ['a gap', file(`{"a":${entry('[1]', '[4,8]')}}`, 8), /4 bytes between the header and tensor 'a'/],
    ['bytes behind the last tensor', file(`{"a":${entry('[1]', '[0,4]')}}`, 5), /what its last 1 bytes are/],
    ['a boolean of 2', file(`{"a":${entry('[3]', '[0,3]', 'BOOL')}}`, 3), /booleans that are neither 0 nor 1/],
  ]
  it.each(wrong)('are refused with %s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(message)
    expect(() => decode(bytes)).toThrow(DataError)
  })

  it('may have a header of 100 MB and no longer', () => {
    const size = 200_000_000
    const read = (begin: number, end: number) => {
      if (begin === 0) return Uint8Array.of(1, 225, 245, 5, 0, 0, 0, 0)
      throw new Error(`read ${begin} … ${end}`)
    }
    expect(() => openSafetensors({ name: 'w', size, read })).toThrow(/has 100000001 bytes; the format allows 100000000/)
  })

  it('may be larger than memory: tensors are read one by one from their place', () => {
    const gib = 2 ** 30
    const header = `{"large":${entry(`[${gib}]`, `[0,${4 * gib}]`)},"small":${entry('[2]', `[${4 * gib},${4 * gib + 8}]`)}}`
    const start = file(header)
    const read = (begin: number, end: number) => {
      if (begin < start.length) return start.subarray(begin, end)
      expect([begin - start.length, end - start.length]).toEqual([4 * gib, 4 * gib + 8])
      return new Uint8Array(Float32Array.of(1, 2).buffer)
    }
    const opened = openSafetensors({ name: 'w', size: start.length + 4 * gib + 8, read })
    expect(opened.tensor('small')).toEqual(f32([2], 1, 2))
    expect(() => opened.tensor('other')).toThrow(/no tensor 'other'/)
    const cut = openSafetensors({
      name: 'w',
      size: start.length + 4 * gib + 8,
      read: (begin, end) => start.subarray(begin, end),
    })
    expect(() => cut.tensor('small')).toThrow(/cut while it was read/)
  })

  it('cannot be written of what would not be read', () => {
    const refused = (name: string, tensor: object, metadata = {}) =>
      expect(() => encodeSafetensors(new Map([[name, tensor as SafetensorsTensor]]), metadata))
    refused('a', { type: 'F32', shape: [3], values: new Float32Array(2) }).toThrow(/values: got 'Float32Array of 2'/)
    refused('a', { type: 'F32', shape: [2], values: new Float64Array(2) }).toThrow(/allowed: Float32Array of 2/)
    refused('a', { type: 'F8', shape: [], values: new Uint8Array(1) }).toThrow(/tensor 'a'.type: got 'F8'/)
    refused('a', { type: 'U8', shape: [-1], values: new Uint8Array(1) }).toThrow(/tensor 'a'.shape/)
    refused('__metadata__', f32([1], 1)).toThrow(OptionError)
    refused('a', f32([1], 1), { step: 3 }).toThrow(/metadata 'step': got 3; allowed: a text/)
  })
})

describe('safetensors of any bytes', () => {
  const whole = encodeSafetensors(
    new Map([
      ['conv1.weight', f32([2, 3], 1, 2, 3, 4, 5, 6)],
      ['counter', { type: 'I64', shape: [], values: BigInt64Array.of(3n) }],
    ]),
    { format: 'pt' },
  )
  /** Tensors that lie in the file, or a DataError. */
  const check = (bytes: Uint8Array) => {
    try {
      const { tensors } = decode(bytes)
      const size = [...tensors.values()].reduce((sum, { values }) => sum + values.byteLength, 0)
      expect(size).toBeLessThanOrEqual(bytes.length)
    } catch (error) {
      if (!DataError.isInstance(error)) throw error
      expect(error.message.length).toBeLessThanOrEqual(4000)
    }
  }

  it('cut anywhere', () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => decode(whole.subarray(0, length))).toThrow(DataError)
  })

  it('with bits flipped in the header', () => {
    const start = whole.length - 32
    for (let bit = 0; bit < 8 * start; bit++) {
      const bytes = whole.slice()
      bytes[bit >> 3] ^= 1 << (bit & 7)
      check(bytes)
    }
  })

  it('that are random, with a header or without', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 500 })
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(40), (json, bytes) => check(file(json, bytes))),
      { numRuns: 500 },
    )
    const number = fc.oneof(fc.integer({ min: -4, max: 40 }), fc.double(), fc.constant(2 ** 53))
    const tensor = fc.record({
      dtype: fc.constantFrom('F32', 'U8', 'BOOL', 'I64', 'F8', 3),
      shape: fc.array(number, { maxLength: 3 }),
      data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
    })
    const header = fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '__metadata__'), tensor)
    fc.assert(
      fc.property(header, fc.nat(40), (entries, bytes) => check(file(JSON.stringify(entries), bytes))),
      { numRuns: 1000 },
    )
  })
})
