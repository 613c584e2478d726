import { createRandom, type Dataset } from '@dc/core'
import { memoryDataset } from '@dc/data'

/**
 * Two digits side by side, 8 × 16 pixels: 100 classes "00" … "99", half of them known and half unseen. Known pairs are
 * made of one half of the digits' images and unseen pairs of the other, so that no stroke is in both.
 */
export async function digitPairs(digits: Dataset, seed: number) {
  const random = createRandom(seed).split('pairs')
  const images = await digits.read(Int32Array.from({ length: digits.size }, (_, row) => row))
  const order = random.split('rows').permutation(digits.size)
  const classes = random.split('classes').permutation(100)
  const half = (name: string, rows: Int32Array, names: Int32Array, perClass: number) => {
    const draw = random.split(name)
    const of = Array.from({ length: 10 }, (_, digit) => rows.filter((row) => digits.labels![row] === digit))
    const pick = (digit: number) => of[digit][Math.floor(draw.uniform() * of[digit].length)]
    const pairs = new Float32Array(names.length * perClass * 128)
    for (let at = 0; at < names.length * perClass; at++) {
      const pair = names[Math.floor(at / perClass)]
      const both = [pick(Math.floor(pair / 10)), pick(pair % 10)]
      both.forEach((row, side) => {
        for (let y = 0; y < 8; y++)
          pairs.set(images.subarray(row * 64 + 8 * y, row * 64 + 8 * y + 8), at * 128 + 16 * y + 8 * side)
      })
    }
    const labels = Int32Array.from({ length: names.length * perClass }, (_, at) => Math.floor(at / perClass))
    return memoryDataset({ name, values: pairs, sampleShape: [8, 16, 1], labels })
  }
  const middle = digits.size >> 1
  return {
    known: half('known pairs', order.slice(0, middle), classes.slice(0, 50), 60),
    unseen: half('unseen pairs', order.slice(middle), classes.slice(50), 40),
  }
}
