import { basename } from 'node:path'
import { createRandom, DataError, OptionError, printable, quoted } from '@dc/core/plugin'
import { readBytes } from '../files'
import { decodeText } from '../formats/text'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { count } from './picture-files'
import { pathInside } from './split-files'

/** How {@link loadINaturalist} reads. */
export interface INaturalistOptions extends ImageListOptions {
  /** The annotations, such as `train2018.json`. */
  readonly annotations: string
  /** Categories to keep, by their number in the file; or how many of them to draw by `seed`. All by default. */
  readonly categories?: readonly number[] | number
  readonly seed?: number
}

/**
 * iNaturalist 2018 by its JSON file, which has COCO's form: `images`, `annotations`, `categories`.
 *
 * An image has one category; images without an annotation are left out with a notice.
 *
 * @param folder that the file names in the JSON are relative to
 * @throws DataError if the JSON is absent, longer than 512 MB or malformed; if it names an image or a category twice, refers
 * to one that it does not have, or names a file outside of the folder; OptionError for a category that it does not have
 * @see Van Horn et al. 2018; Zhang, Ren, He 2024, SP²OT, uses subsets of 100, 500 and 1,000 classes, whose lists are not
 * published with the paper, so that a number of categories draws other ones here
 * @example
 * const subset = await loadINaturalist('/data/inat2018', {
 *   annotations: '/data/inat2018/train2018.json', categories: 100, seed: 0, size: [256, 256],
 * })
 */
export async function loadINaturalist(folder: string, options: INaturalistOptions): Promise<ImageListDataset> {
  const { annotations: path } = options
  const { files, categoryOf, names, notices } = await readAnnotations(path)
  const kept = choose([...names.keys()], options.categories, options.seed ?? 0)
  const classes = new Map(kept.map((id, label) => [id, label]))
  const chosen = [...categoryOf].filter(([, category]) => classes.has(category))
  const without = files.size - categoryOf.size
  if (without > 0) notices.push(`left out ${count(without, 'image')} without an annotation`)
  return imageListDataset(
    {
      name: `iNaturalist (${basename(path)})`,
      images: chosen.map(([image, category]) => ({
        path: pathInside(folder, files.get(image)!, path),
        label: classes.get(category)!,
      })),
      folder,
      classNames: kept.map((id) => names.get(id)!),
      notices,
      metadata: { source: 'https://github.com/visipedia/inat_comp/tree/master/2018', categories: kept },
    },
    options,
  )
}

interface Annotations {
  /** The file of each image. */
  readonly files: ReadonlyMap<number, string>
  /** The category of each image that has one, in the order of the annotations. */
  readonly categoryOf: ReadonlyMap<number, number>
  /** The name of each category. */
  readonly names: ReadonlyMap<number, string>
  readonly notices: string[]
}

async function readAnnotations(path: string): Promise<Annotations> {
  const { text, notice } = decodeText(await readBytes(path), path)
  const json = parse(text, path)
  const wrong = (what: string) => new DataError(`${quoted(path)} ${what}.`, { path })
  const members = (list: string) => {
    const found = isRecord(json) ? json[list] : undefined
    if (!Array.isArray(found)) throw wrong(`has no list '${list}'`)
    return found.map((member, i) => {
      if (!isRecord(member)) throw wrong(`has no object as ${list}[${i}]`)
      return (key: string) => {
        const value = member[key]
        if (!Number.isSafeInteger(value)) throw wrong(`has no whole number as ${list}[${i}].${key}`)
        return [value as number, member, `${list}[${i}]`] as const
      }
    })
  }
  const byId = (list: string, textOf: (member: Record<string, unknown>, id: number, place: string) => string) => {
    const found = new Map<number, string>()
    for (const number of members(list)) {
      const [id, member, place] = number('id')
      if (found.has(id)) throw wrong(`has two ${list} of id ${id}, the second is ${place}`)
      found.set(id, textOf(member, id, place))
    }
    return found
  }
  const files = byId('images', ({ file_name }, _, place) => {
    if (typeof file_name !== 'string') throw wrong(`has no text as ${place}.file_name`)
    return file_name
  })
  const names = byId('categories', ({ name }, id) => (typeof name === 'string' ? name : String(id)))
  const categoryOf = new Map<number, number>()
  for (const number of members('annotations')) {
    const [[image, , place], [category]] = [number('image_id'), number('category_id')]
    if (!files.has(image)) throw wrong(`has an annotation of image ${image}, but no such image: ${place}`)
    if (!names.has(category)) throw wrong(`has an annotation of category ${category}, but no such category: ${place}`)
    const before = categoryOf.get(image) ?? category
    if (before !== category) throw wrong(`gives image ${image} the categories ${before} and ${category}: ${place}`)
    categoryOf.set(image, category)
  }
  return { files, categoryOf, names, notices: notice ? [`${quoted(basename(path))}: ${notice}`] : [] }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DataError(`${quoted(path)} is not JSON: ${printable((error as Error).message)}.`, { path }, error)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function choose(all: readonly number[], wanted: readonly number[] | number | undefined, seed: number): number[] {
  if (wanted === undefined) return [...all]
  if (typeof wanted === 'number') {
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > all.length)
      throw new OptionError('categories', wanted, `a whole number from 1 to ${all.length}, or a list of categories`)
    const order = createRandom(seed).permutation(all.length).subarray(0, wanted).sort()
    return Array.from(order, (i) => all[i])
  }
  const known = new Set(all)
  const absent = wanted.find((id) => !known.has(id))
  if (absent !== undefined) throw new OptionError('categories', absent, 'categories of the annotations')
  if (new Set(wanted).size < wanted.length) throw new OptionError('categories', wanted, 'each category once')
  return [...wanted]
}
