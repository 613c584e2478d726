import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describesPictures } from '@dc/core'
import { checksum } from '@dc/core/cache'
import { testEncoder } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import { efficientnetLite0, facts, plugins } from '.'

testEncoder({ describe, it }, 'efficientnet-lite0', () => efficientnetLite0({ threads: 1 }))

/** A disc of one colour on white. */
function disc([red, green, blue]: readonly number[]): Float32Array {
  const side = facts.size
  const pixels = new Float32Array(side * side * 3).fill(1)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if ((x - 112) ** 2 + (y - 112) ** 2 < 80 ** 2) pixels.set([red, green, blue], 3 * (y * side + x))
  return pixels
}

describe('efficientnet-lite0', () => {
  it('has the weights that were published', () => {
    const file = readFileSync(fileURLToPath(new URL('../weights/efficientnet-lite0.onnx', import.meta.url)))
    expect(file.length).toBe(13_489_826)
    expect(checksum(file)).toBe('0f5d1dd5100405c414323a3d916cfc516709c8616cd0dc9b6f82af460f420159')
  })

  it('says of itself what a model file keeps', async () => {
    const encoder = await plugins[0].create({ fit: 'pad', threads: 1 }, {})
    expect(describesPictures(encoder)).toBe(true)
    const { source, licence, mean, deviation, features } = facts
    expect(encoder).toMatchObject({ name: 'efficientnet-lite0', source, licence, mean, deviation, features })
    expect(encoder.input).toEqual({ of: 'pictures', height: 224, width: 224, channels: 3, fit: 'pad' })
    const crop = await efficientnetLite0({ threads: 1 })
    expect(crop.checksum).not.toBe(encoder.checksum)
    for (const each of [encoder, crop]) each.dispose?.()
  })

  it('finds discs of near colours nearer than those of far ones', async () => {
    const encoder = await efficientnetLite0({ threads: 1 })
    const colours = [
      [0.9, 0.1, 0.1],
      [0.85, 0.15, 0.1],
      [0.1, 0.2, 0.9],
    ]
    const rows = new Float32Array(3 * facts.size ** 2 * 3)
    for (const [at, colour] of colours.entries()) rows.set(disc(colour), at * facts.size ** 2 * 3)
    const found = await encoder.encode(rows)
    encoder.dispose?.()
    const distance = (a: number, b: number) => {
      let sum = 0
      for (let i = 0; i < 1280; i++) sum += (found[a * 1280 + i] - found[b * 1280 + i]) ** 2
      return sum
    }
    expect(distance(0, 1)).toBeLessThan(0.3 * distance(0, 2))
  })
})
