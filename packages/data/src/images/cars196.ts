import { DataError, quoted } from '@dc/core/plugin'
import { type MatValue, readMat } from '../formats/mat'
import { findFile } from './find-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { pathInside } from './split-files'

/** How {@link loadCars196} reads. */
export interface Cars196Options extends ImageListOptions {
  /**
   * `train` or `test`, as the data set marks them; a half of the 196 classes, for zero-shot protocols; or `all` (default).
   */
  readonly split?: 'all' | 'train' | 'test' | 'first-half' | 'second-half'
  /** Cuts each image to the car's bounding box. */
  readonly boundingBoxes?: boolean
}

/**
 * Stanford Cars (Cars196) by `cars_annos.mat` and the folder `car_ims` beside it.
 *
 * @param folder where `cars_annos.mat` lies
 * @throws DataError for an absent, broken or malformed file; as {@link imageListDataset}
 * @see Krause et al. 2013, "3D object representations for fine-grained categorization"; Law et al. 2017, §5 for the halves
 * @example
 * const test = await loadCars196('/data/cars196', { size: [256, 256], split: 'second-half' })
 */
export async function loadCars196(folder: string, options: Cars196Options): Promise<ImageListDataset> {
  const { split = 'all', boundingBoxes = false } = options
  const file = await findFile([folder], 'cars_annos.mat')
  const { annotations, class_names: names } = await readMat(file)
  if (!isStructs(annotations) || !Array.isArray(names))
    throw new DataError(`${quoted(file)} has no 'annotations' and 'class_names'.`, { file })
  const number = (record: Record<string, MatValue>, field: string, low: number, high: number) => {
    const value = record[field]
    const first = Array.isArray(value) ? value[0] : undefined
    if (typeof first !== 'number' || !Number.isInteger(first) || first < low || first > high)
      throw new DataError(
        `${quoted(file)}: '${field}' of annotation ${annotations.indexOf(record)} (from 0) is no whole number from ${low} to ${high}.`,
        { file, field },
      )
    return first
  }
  const classOf = (record: Record<string, MatValue>) => number(record, 'class', 1, names.length)
  const half = Math.ceil(names.length / 2)
  const chosen = (record: Record<string, MatValue>) => {
    if (split === 'train' || split === 'test') return (number(record, 'test', 0, 1) === 1) === (split === 'test')
    return split === 'all' || classOf(record) <= half === (split === 'first-half')
  }
  const box = (record: Record<string, MatValue>) => {
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((corner) => number(record, `bbox_${corner}`, 0, 2 ** 31))
    return { left: x1 - 1, top: y1 - 1, width: x2 - x1 + 1, height: y2 - y1 + 1 }
  }
  return imageListDataset(
    {
      name: 'Cars196',
      images: annotations.filter(chosen).map((record) => ({
        path: pathInside(folder, String(record.relative_im_path), file),
        label: classOf(record) - 1,
        ...(boundingBoxes ? { box: box(record) } : {}),
      })),
      folder,
      classNames: names.map(String),
      metadata: { source: 'Stanford Cars', split, citation: 'Krause et al. 2013' },
    },
    options,
  )
}

function isStructs(value: MatValue | undefined): value is Record<string, MatValue>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    (value as unknown[]).every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
  )
}
