import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createRandom, DataError, OptionError } from '@dc/core'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'

/** How {@link loadINaturalist} reads. */
export interface INaturalistOptions extends ImageListOptions {
  /** The annotations, such as `train2018.json`. */
  readonly annotations: string
  /** Categories to keep by their number in the file, or so many of them, drawn by `seed`; all by default. */
  readonly categories?: readonly number[] | number
  readonly seed?: number
}

interface Annotations {
  images: { id: number; file_name: string }[]
  annotations: { image_id: number; category_id: number }[]
  categories: { id: number; name?: string }[]
}

/**
 * iNaturalist 2018 by its JSON, in the form of COCO: `images`, `annotations`, `categories`.
 *
 * @param folder that the file names in the JSON start from
 * @throws DataError if the JSON is absent or of another form; OptionError for a category that it does not have
 * @see Van Horn et al. 2018; ALGORITHMS.md §2: SP²OT uses subsets of 100, 500 and 1,000 classes, whose lists are not
 * published with the paper, so a number of categories here draws other ones
 * @example
 * const subset = await loadINaturalist('/data/inat2018', {
 *   annotations: '/data/inat2018/train2018.json', categories: 100, seed: 0, size: [256, 256],
 * })
 */
export async function loadINaturalist(folder: string, options: INaturalistOptions): Promise<ImageListDataset> {
  const { images, annotations, categories } = await readAnnotations(options.annotations)
  const kept = choose(
    categories.map(({ id }) => id),
    options.categories,
    options.seed ?? 0,
  )
  const classes = new Map(kept.map((id, label) => [id, label]))
  const files = new Map(images.map(({ id, file_name }) => [id, file_name]))
  const names = new Map(categories.map(({ id, name }) => [id, name ?? String(id)]))
  const chosen = annotations.filter(({ category_id }) => classes.has(category_id))
  return imageListDataset(
    {
      name: `iNaturalist (${basename(options.annotations)})`,
      images: chosen.map(({ image_id, category_id }) => {
        const file = files.get(image_id)
        if (file === undefined)
          throw new DataError(`'${options.annotations}' has an annotation of image ${image_id}, but no such image.`, {
            image_id,
          })
        return { path: join(folder, file), label: classes.get(category_id)! }
      }),
      classNames: kept.map((id) => names.get(id)!),
      metadata: { source: 'https://github.com/visipedia/inat_comp/tree/master/2018', categories: kept },
    },
    options,
  )
}

async function readAnnotations(path: string): Promise<Annotations> {
  let found: Partial<Annotations>
  try {
    found = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new DataError(`Cannot read '${path}': ${(error as Error).message}.`, { path }, error)
  }
  for (const key of ['images', 'annotations', 'categories'] as const)
    if (!Array.isArray(found[key])) throw new DataError(`'${path}' has no list '${key}'.`, { path, key })
  return found as Annotations
}

function choose(all: readonly number[], wanted: readonly number[] | number | undefined, seed: number): number[] {
  if (wanted === undefined) return [...all]
  if (typeof wanted === 'number') {
    if (wanted > all.length) throw new OptionError('categories', wanted, `at most ${all.length}`)
    const order = createRandom(seed).permutation(all.length).subarray(0, wanted).sort()
    return Array.from(order, (i) => all[i])
  }
  const absent = wanted.find((id) => !all.includes(id))
  if (absent !== undefined) throw new OptionError('categories', absent, 'categories of the annotations')
  return [...wanted]
}
