/** Operators whose results are the same in ONNX Runtime and WebAssembly, to the last bit of a normal number. */
export type ElementwiseOp = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Sqrt' | 'Neg' | 'Abs'

/** An operand: a given array or number, or the result of an earlier step; by its position. */
export type Term = { readonly array: number } | { readonly number: number } | { readonly step: number }

/** A computation on arrays of one length, element by element. */
export interface ElementwiseProgram {
  readonly arrays: number
  readonly numbers: number
  readonly steps: readonly { readonly op: ElementwiseOp; readonly terms: readonly Term[] }[]
  /** The steps whose results are written. */
  readonly results: readonly number[]
}

/** SIMD opcodes of `f32x4`. */
const opcodes: Readonly<Record<ElementwiseOp, number>> = {
  ...{ Abs: 0xe0, Neg: 0xe1, Sqrt: 0xe3 },
  ...{ Add: 0xe4, Sub: 0xe5, Mul: 0xe6, Div: 0xe7 },
}

/** The operator by that name, or null. */
export function elementwiseOp(name: string): ElementwiseOp | null {
  return name in opcodes ? (name as ElementwiseOp) : null
}

/**
 * A WebAssembly module that does a computation in one pass. Every array is read once and every result is written once,
 * whatever the number of steps between. Intermediate results stay in registers.
 *
 * It imports its memory as `places.memory` and exports `run(bytes, ...arrays, ...results, ...numbers)`: the length of the
 * arrays in bytes, a positive multiple of 16; where each array and each result starts, in bytes; the numbers. A result may be
 * written over an array that is read.
 *
 * Results below the smallest normal number (1.2e-38) are written as 0. Processors compute such numbers in microcode, many
 * times slower. A momentum gets there when its gradient has been 0 for about 800 steps, and would slow every step that reads
 * it.
 *
 * @see https://webassembly.github.io/spec/core/binary for the format
 */
export function elementwiseModule({ arrays, numbers, steps, results }: ElementwiseProgram): Uint8Array {
  const [firstArray, firstResult] = [1, 1 + arrays]
  const firstNumber = firstResult + results.length
  const parameters = firstNumber + numbers
  const position = parameters
  const vectors = parameters + 1
  const local = (term: Term): number => {
    if ('array' in term) return vectors + term.array
    return 'number' in term ? vectors + arrays + term.number : vectors + arrays + numbers + term.step
  }
  const least = vectors + arrays + numbers + steps.length
  const here = (start: number) => [...get(start), ...get(position), i32Add]
  const count = (n: number) => Array.from({ length: n }, (_, i) => i)
  /** `r ∧ ¬(|r| < least)`: of NaN nothing is taken. */
  const normal = (step: number) => {
    const result = get(local({ step }))
    return [...result, ...result, ...simd(opcodes.Abs), ...get(least), ...simd(lessThan), ...simd(andNot)]
  }
  const body = [
    ...[f32Const, ...float(smallestNormal), ...simd(splat), ...set(least)],
    ...count(numbers).flatMap((i) => [...get(firstNumber + i), ...simd(splat), ...set(local({ number: i }))]),
    ...[loop, noResult],
    ...count(arrays).flatMap((i) => [...here(firstArray + i), ...simd(load), ...aligned, ...set(local({ array: i }))]),
    ...steps.flatMap(({ op, terms }, step) => [
      ...terms.flatMap((term) => get(local(term))),
      ...simd(opcodes[op]),
      ...set(local({ step })),
    ]),
    ...results.flatMap((step, i) => [...here(firstResult + i), ...normal(step), ...simd(store), ...aligned]),
    ...[...get(position), i32Const, 16, i32Add, localTee, ...unsigned(position)],
    ...[...get(0), i32LessUnsigned, branchIf, 0, end, end],
  ]
  const locals = vector([
    [1, i32],
    [...unsigned(arrays + numbers + steps.length + 1), v128],
  ])
  const pointers = Array<number>(firstNumber).fill(i32)
  const signature = [
    functionType,
    ...vector([...pointers, ...Array<number>(numbers).fill(f32)].map((type) => [type])),
    0,
  ]
  const code = [...locals, ...body]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [signature]),
    ...section(2, [[...text('places'), ...text('memory'), 2, 0, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...text('run'), 0, 0]]),
    ...section(10, [[...unsigned(code.length), ...code]]),
  ])
}

const [i32, f32, v128, functionType] = [0x7f, 0x7d, 0x7b, 0x60]
const [loop, noResult, branchIf, end, localTee] = [0x03, 0x40, 0x0d, 0x0b, 0x22]
const [i32Const, f32Const, i32Add, i32LessUnsigned] = [0x41, 0x43, 0x6a, 0x49]
const [load, store, splat, lessThan, andNot] = [0x00, 0x0b, 0x13, 0x43, 0x4f]
const smallestNormal = 2 ** -126
/** Alignment 2⁴, offset 0. */
const aligned = [4, 0]

const get = (index: number) => [0x20, ...unsigned(index)]
const set = (index: number) => [0x21, ...unsigned(index)]
const simd = (opcode: number) => [0xfd, ...unsigned(opcode)]
const text = (name: string) => [name.length, ...new TextEncoder().encode(name)]
const vector = (items: readonly (readonly number[])[]) => [...unsigned(items.length), ...items.flat()]

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = vector(items)
  return [id, ...unsigned(content.length), ...content]
}

/** Little-endian float32. */
const float = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)]

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest & 0x7f
    rest >>>= 7
    bytes.push(rest > 0 ? low | 0x80 : low)
  } while (rest > 0)
  return bytes
}
