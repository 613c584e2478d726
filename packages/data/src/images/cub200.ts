import { join } from 'node:path'
import { findFile } from './find-file'
import type { Box } from './image-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { readFields } from './split-files'

/** How {@link loadCub200} reads. */
export interface Cub200Options extends ImageListOptions {
  /**
   * `train` and `test` by the set's own split file; `first-half` and `second-half` of the 200 classes, the zero-shot
   * protocol; or `all` (default).
   */
  readonly split?: 'all' | 'train' | 'test' | 'first-half' | 'second-half'
  /** Cuts each image to the bird's bounding box. */
  readonly boundingBoxes?: boolean
}

/**
 * Caltech-UCSD Birds 200-2011 by its own files: `images.txt`, `image_class_labels.txt`, `classes.txt`,
 * `train_test_split.txt`, `bounding_boxes.txt`, and `images/`.
 *
 * @param folder where those files lie, or its parent
 * @throws DataError for an absent or broken file; as {@link imageListDataset}
 * @see Wah et al. 2011, "The Caltech-UCSD Birds-200-2011 Dataset"; Law et al. 2017, §5 for the halves
 * @example
 * const train = await loadCub200('/data/CUB_200_2011', { size: [256, 256], split: 'first-half' })
 */
export async function loadCub200(folder: string, options: Cub200Options): Promise<ImageListDataset> {
  const { split = 'all', boundingBoxes = false } = options
  const root = join(await findFile([folder, join(folder, 'CUB_200_2011')], 'images.txt'), '..')
  const byId = async (name: string, fields: number) =>
    new Map((await readFields(join(root, name), fields)).map(([id, ...rest]) => [id, rest]))
  const classes = await readFields(join(root, 'classes.txt'), 2)
  const labels = await byId('image_class_labels.txt', 2)
  const training = split === 'train' || split === 'test' ? await byId('train_test_split.txt', 2) : null
  const boxes = boundingBoxes ? await byId('bounding_boxes.txt', 5) : null
  const half = Math.ceil(classes.length / 2)
  const chosen = (id: string, label: number) => {
    if (training) return (training.get(id)?.[0] === '1') === (split === 'train')
    return split === 'all' || label < half === (split === 'first-half')
  }
  const images = (await readFields(join(root, 'images.txt'), 2))
    .map(([id, path]) => ({ id, path: join(root, 'images', path), label: Number(labels.get(id)?.[0] ?? 0) - 1 }))
    .filter(({ id, label }) => chosen(id, label))
    .map(({ id, path, label }) => ({ path, label, ...(boxes ? { box: boxOf(boxes.get(id)) } : {}) }))
  return imageListDataset(
    {
      name: 'CUB-200',
      images,
      classNames: classes.map(([, name]) => name.replace(/^\d+\./, '').replaceAll('_', ' ')),
      metadata: { source: 'https://www.vision.caltech.edu/datasets/cub_200_2011', split, citation: 'Wah et al. 2011' },
    },
    options,
  )
}

function boxOf(fields: readonly string[] | undefined): Box | undefined {
  if (!fields) return undefined
  const [left, top, width, height] = fields.map(Number)
  return { left, top, width, height }
}
