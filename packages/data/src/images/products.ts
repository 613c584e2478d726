import { join } from 'node:path'
import { findFile } from './find-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { labelsInOrder, readFields } from './split-files'

/** How {@link loadProducts} reads. */
export interface ProductsOptions extends ImageListOptions {
  readonly split?: 'train' | 'test'
  /** 22,634 products, or the twelve kinds they are of. */
  readonly labels?: 'product' | 'kind'
}

/**
 * Stanford Online Products by its split files `Ebay_train.txt` and `Ebay_test.txt`: a heading, then image, class,
 * super class and path on each line. Train and test have no product in common.
 *
 * @param folder where those files lie, or its parent
 * @throws DataError for an absent or broken file; as {@link imageListDataset}
 * @see Song et al. 2016, "Deep metric learning via lifted structured feature embedding"
 * @example
 * const test = await loadProducts('/data/Stanford_Online_Products', { size: [256, 256], split: 'test' })
 */
export async function loadProducts(folder: string, options: ProductsOptions): Promise<ImageListDataset> {
  const { split = 'train', labels = 'product' } = options
  const file = await findFile([folder, join(folder, 'Stanford_Online_Products')], `Ebay_${split}.txt`)
  const [, ...rows] = await readFields(file, 4)
  const classes = labelsInOrder(rows.map(([, product, kind]) => (labels === 'product' ? product : kind)))
  return imageListDataset(
    {
      name: 'Stanford Online Products',
      images: rows.map(([, , , path], i) => ({ path: join(file, '..', path), label: classes.labels[i] })),
      ...(labels === 'product'
        ? { classNames: classes.names }
        : { classNames: classes.names.map((kind) => kindName(rows.find((row) => row[2] === kind)![3])) }),
      metadata: { source: 'https://cvgl.stanford.edu/projects/lifted_struct', split, citation: 'Song et al. 2016' },
    },
    options,
  )
}

/** `bicycle_final/111085122871_0.JPG` is a bicycle. */
const kindName = (path: string) =>
  path
    .split('/')[0]
    .replace(/_final$/, '')
    .replaceAll('_', ' ')
