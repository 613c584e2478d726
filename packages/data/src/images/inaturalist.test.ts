import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DcError } from '@dc/core/plugin'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type INaturalistOptions, loadINaturalist } from '../index'
import { putPicture, reds, temporaryFolder } from './fixtures/pictures'

const root = await temporaryFolder('inat')
const [size, cache] = [[4, 4] as const, join(root, 'cache')]
const annotations = join(root, 'train2018.json')
const ids = [1, 2, 3]
const whole = {
  images: ids.map((id) => ({ id, file_name: `${'xyz'[id - 1]}/${id}.png` })),
  annotations: ids.map((id) => ({ image_id: id, category_id: id * 10 })),
  categories: ids.map((id) => ({ id: id * 10, name: `species ${id * 10}` })),
}
const load = async (json: unknown = whole, options: Partial<INaturalistOptions> = {}) => {
  await writeFile(annotations, typeof json === 'string' ? json : JSON.stringify(json))
  return loadINaturalist(root, { annotations, size, cache, ...options })
}
beforeAll(async () => {
  for (const id of ids) await putPicture(join(root, 'xyz'[id - 1], `${id}.png`), id * 10)
})

describe('loadINaturalist', () => {
  it('reads all or some categories', async () => {
    expect([...(await load()).labels!]).toEqual([0, 1, 2])
    const some = await load(whole, { categories: [30, 10] })
    expect([[...some.labels!], some.classNames]).toEqual([
      [1, 0],
      ['species 30', 'species 10'],
    ])
    expect(reds(await some.read([0, 1]), 48)).toEqual([10, 30])
    expect((await load(whole, { categories: 2, seed: 1 })).classNames).toHaveLength(2)
  })

  it.each([[[5]], [[10, 10]], [0], [4], [1.5]])('refuses categories %j', async (categories) => {
    await expect(load(whole, { categories })).rejects.toThrow(/categories: got/)
  })

  it('leaves out images without an annotation, and says so', async () => {
    const { size, notices } = await load({ ...whole, annotations: whole.annotations.slice(1) })
    expect([size, notices]).toEqual([2, ['left out 1 image without an annotation']])
  })

  it('takes a byte-order mark, categories without names, and an annotation that is said twice', async () => {
    expect((await load(`\ufeff${JSON.stringify(whole)}`)).size).toBe(3)
    const nameless = whole.categories.map(({ id }) => ({ id }))
    expect((await load({ ...whole, categories: nameless })).classNames).toEqual(['10', '20', '30'])
    expect((await load({ ...whole, annotations: [...whole.annotations, ...whole.annotations] })).size).toBe(3)
  })

  const [image, note, category] = [whole.images[0], whole.annotations[0], whole.categories[0]]
  it.each([
    ['', /is empty/],
    ['{"images":[\n\n}', /train2018\.json' is not JSON: /],
    ['['.repeat(200_000), /is not JSON/],
    ['null', /has no list 'images'/],
    [{ ...whole, annotations: {} }, /has no list 'annotations'/],
    [{ ...whole, images: [1] }, /has no object as images\[0\]/],
    [{ ...whole, images: [{ ...image, id: '1' }] }, /has no whole number as images\[0\]\.id/],
    [{ ...whole, images: [{ ...image, id: 2 ** 53 }] }, /has no whole number as images\[0\]\.id/],
    [{ ...whole, images: [{ id: 1 }] }, /has no text as images\[0\]\.file_name/],
    [{ ...whole, images: [...whole.images, image] }, /has two images of id 1, the second is images\[3\]/],
    [{ ...whole, categories: [category, category] }, /has two categories of id 10, the second is categories\[1\]/],
    [{ ...whole, annotations: [{ ...note, image_id: 9 }] }, /of image 9, but no such image: annotations\[0\]/],
    [{ ...whole, annotations: [{ ...note, category_id: 9 }] }, /of category 9, but no such category: annotations\[0\]/],
    [{ ...whole, annotations: [note, { ...note, category_id: 20 }] }, /gives image 1 the categories 10 and 20/],
    [
      { ...whole, images: [{ ...image, file_name: '../../etc/passwd' }], annotations: [note] },
      /names '\.\.\/\.\.\/etc/,
    ],
    [{ ...whole, images: [{ ...image, file_name: '/etc/passwd' }], annotations: [note] }, /names '\/etc\/passwd'/],
    [{ ...whole, images: [{ ...image, file_name: '' }], annotations: [note] }, /names '', which is no file below/],
    [{ ...whole, images: [{ ...image, file_name: 'x/..' }], annotations: [note] }, /which is no file below/],
    [{ ...whole, images: [{ ...image, file_name: 'a\0b.png' }], annotations: [note] }, /its name holds a NUL/],
    [{ ...whole, images: [{ ...image, file_name: 'a'.repeat(1e6) }], annotations: [note] }, /its name is too long/],
  ])('refuses %s', async (json, error) => {
    await expect(load(json)).rejects.toThrow(error)
  })

  it('passes no control characters of the file on', async () => {
    const error = await load('{"images": \x1b[31m}').catch((error) => error)
    expect(error.message).toMatch(/is not JSON: .*\\x1b\[31m/)
  })

  it('of any JSON of its kind makes a dataset or a DcError', async () => {
    const id = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double(), fc.string(), fc.constant(null))
    const list = <T>(member: fc.Arbitrary<T>) =>
      fc.oneof(fc.array(fc.oneof(member, fc.jsonValue()), { maxLength: 4 }), fc.jsonValue())
    const json = fc.record(
      {
        images: list(fc.record({ id, file_name: fc.oneof(fc.string(), fc.constant('x/1.png')) })),
        annotations: list(fc.record({ image_id: id, category_id: id })),
        categories: list(fc.record({ id, name: fc.jsonValue() })),
      },
      { requiredKeys: [] },
    )
    const property = fc.asyncProperty(json, fc.nat(200), async (json, cut) => {
      const text = JSON.stringify(json)
      const result = await load(cut < 20 ? text.slice(0, cut) : text, { onBadImage: 'skip' }).catch((error) => error)
      expect(DcError.isInstance(result) || result.size > 0).toBe(true)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})
