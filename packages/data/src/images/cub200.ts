import { join } from 'node:path'
import { DataError, quoted } from '@dc/core/plugin'
import { findFile } from './find-file'
import type { Box } from './image-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { byId, pathInside, type Row, readRows, wrongLine } from './split-files'

/** How {@link loadCub200} reads. */
export interface Cub200Options extends ImageListOptions {
  /**
   * `train` or `test`, by the data set's own split file; `first-half` or `second-half` of the 200 classes, for zero-shot
   * protocols; or `all` (default).
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
  const file = (name: string) => join(root, name)
  const notices: string[] = []
  const read = (name: string, fields: number) => readRows(file(name), fields, { rest: fields === 2, notices })
  const about = async (name: string, fields: number) => {
    const rows = byId(await read(name, fields), file(name))
    return (id: string) => {
      const row = rows.get(id)
      if (!row) throw new DataError(`${quoted(name)} has no line for image ${quoted(id)}.`, { path: file(name), id })
      return row
    }
  }
  const classes = await read('classes.txt', 2)
  const classOf = new Map([...byId(classes, file('classes.txt')).keys()].map((id, label) => [id, label]))
  const labels = await about('image_class_labels.txt', 2)
  const training = split === 'train' || split === 'test' ? await about('train_test_split.txt', 2) : null
  const boxes = boundingBoxes ? await about('bounding_boxes.txt', 5) : null
  const half = Math.ceil(classes.length / 2)
  const labelOf = (id: string) => {
    const row = labels(id)
    const label = classOf.get(row.fields[1])
    if (label === undefined)
      throw wrongLine(file('image_class_labels.txt'), row.line, `names class ${quoted(row.fields[1])}, which is none`)
    return label
  }
  const chosen = (id: string, label: number) => {
    if (training) return isTraining(training(id), file('train_test_split.txt')) === (split === 'train')
    return split === 'all' || label < half === (split === 'first-half')
  }
  const rows = [...byId(await read('images.txt', 2), file('images.txt')).values()]
  const images = rows
    .map(({ fields: [id, name] }) => ({ id, name, label: labelOf(id) }))
    .filter(({ id, label }) => chosen(id, label))
    .map(({ id, name, label }) => ({
      path: pathInside(file('images'), name, file('images.txt')),
      label,
      ...(boxes ? { box: boxOf(boxes(id), file('bounding_boxes.txt')) } : {}),
    }))
  return imageListDataset(
    {
      name: 'CUB-200',
      images,
      folder: file('images'),
      classNames: classes.map(({ fields: [, name] }) => name.replace(/^\d+\./, '').replaceAll('_', ' ')),
      notices,
      metadata: { source: 'https://www.vision.caltech.edu/datasets/cub_200_2011', split, citation: 'Wah et al. 2011' },
    },
    options,
  )
}

function isTraining(row: Row, path: string): boolean {
  const [, mark] = row.fields
  if (mark !== '0' && mark !== '1') throw wrongLine(path, row.line, `has ${quoted(mark)} where 0 or 1 is expected`)
  return mark === '1'
}

function boxOf(row: Row, path: string): Box {
  const [left, top, width, height] = row.fields.slice(1).map(Number)
  if (![left, top, width, height].every(Number.isFinite) || width <= 0 || height <= 0)
    throw wrongLine(path, row.line, 'is no box: left, top, width and height')
  return { left, top, width, height }
}
