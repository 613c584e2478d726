import { describesPictures } from '../encoder'
import type { Encoder } from '../kinds'
import { check, checkClose, checkFinite, type TestApi, waves } from './check'

/** Share of a feature's size by which a row may differ among others: a network rounds otherwise in a batch of another size. */
const rounding = 1e-3

/**
 * What every encoder must do: facts that can be recorded, a row of finite features for each row it is given, the same for the
 * same row whatever stands beside it, other features for other rows.
 *
 * @param make a fresh encoder
 * @example
 * testEncoder({ describe, it }, 'my-encoder', () => myEncoder({}))
 */
export function testEncoder(api: TestApi, name: string, make: () => Encoder | Promise<Encoder>): void {
  const withEncoder = async (body: (encoder: Encoder, encode: Encode) => Promise<void>) => {
    const encoder = await make()
    try {
      await body(encoder, (numbers) => encodeExamples(encoder, numbers))
    } finally {
      encoder.dispose?.()
    }
  }
  api.describe(`encoder ${name}`, () => {
    api.it('says what it is', () =>
      withEncoder(async ({ name, features, checksum, batchSize, mean, deviation, input }) => {
        check(name !== '', 'it has no name')
        check(Number.isInteger(features) && features > 0, `${features} features`)
        check(/^[0-9a-f]{64}$/.test(checksum), `checksum '${checksum}', expected a SHA-256 in hexadecimal digits`)
        check(Number.isInteger(batchSize) && batchSize > 0, `batchSize ${batchSize}`)
        for (const [what, each] of Object.entries({ mean, deviation }))
          check(
            each === undefined || (input.of === 'pictures' && each.length === input.channels),
            `${what} has ${each?.length} numbers, expected one for each channel of a picture`,
          )
        check(deviation === undefined || deviation.every((value) => value > 0), 'a deviation is not above 0')
      }),
    )
    api.it('describes every row, in the order given', () =>
      withEncoder(async ({ features }, encode) => {
        const all = await encode([0, 1, 2])
        check(all.length === 3 * features, `${all.length} values for 3 rows, expected ${3 * features}`)
        checkFinite(all, 'features')
        const turned = await encode([2, 0])
        const scale = Math.max(...all.map(Math.abs), 1e-12)
        const row = (of: Float32Array, at: number) => of.slice(at * features, (at + 1) * features)
        const shares = (values: Float32Array) => values.map((value) => value / scale)
        checkClose(shares(row(turned, 0)), shares(row(all, 2)), rounding, 'row 2 among others')
        checkClose(shares(row(turned, 1)), shares(row(all, 0)), rounding, 'row 0 among others')
        check(
          row(all, 0).some((value, at) => Math.abs(value - row(all, 1)[at]) > rounding * scale),
          'two different rows have the same features',
        )
      }),
    )
    api.it('does the same again, and has one checksum', async () => {
      const seen: { values: Float32Array; checksum: string }[] = []
      for (let time = 0; time < 2; time++)
        await withEncoder(async ({ checksum }, encode) => void seen.push({ values: await encode([0, 1]), checksum }))
      check(seen[0].checksum === seen[1].checksum, 'two checksums of one encoder')
      checkClose(seen[1].values, seen[0].values, 1e-6, 'features of a second encoder')
    })
  })
}

type Encode = (numbers: readonly number[]) => Promise<Float32Array>

const texts = ['A cat sleeps on the sofa.', 'Quarterly earnings fell by nine percent', '猫が眠る']

/** The features of examples by their numbers, 0 … 2. */
function encodeExamples(encoder: Encoder, numbers: readonly number[]): Promise<Float32Array> {
  if (!describesPictures(encoder)) return encoder.encode(numbers.map((number) => texts[number]))
  const { height, width, channels } = encoder.input
  const size = height * width * channels
  const rows = new Float32Array(numbers.length * size)
  for (const [at, number] of numbers.entries()) rows.set(picture(size, number), at * size)
  return encoder.encode(rows)
}

/** Noise over a ramp that differs from picture to picture, all within 0…1. */
function picture(size: number, number: number): Float32Array {
  return waves(size, number).map((value, i) => 0.5 + 0.2 * value + 0.3 * Math.sin((number + 1) * (i / size) * 9))
}
