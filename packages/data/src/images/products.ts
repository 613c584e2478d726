import { join } from 'node:path'
import { findFile } from './find-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { labelsInOrder, pathInside, readRows, wrongLine } from './split-files'

/** How {@link loadProducts} reads. */
export interface ProductsOptions extends ImageListOptions {
  readonly split?: 'train' | 'test'
  /** 22,634 products, or the twelve kinds of product. */
  readonly labels?: 'product' | 'kind'
}

/**
 * Stanford Online Products by its split files `Ebay_train.txt` and `Ebay_test.txt`. After a heading each line holds image,
 * class, super class and path. Train and test have no product in common.
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
  const notices: string[] = []
  const [heading, ...rows] = await readRows(file, 4, { rest: true, notices })
  if (heading.fields[0] !== 'image_id') throw wrongLine(file, heading.line, "is no heading 'image_id class_id …'")
  const classes = labelsInOrder(rows.map(({ fields: [, product, kind] }) => (labels === 'product' ? product : kind)))
  const firstOf = new Map<string, string>()
  for (const { fields } of rows) if (!firstOf.has(fields[2])) firstOf.set(fields[2], fields[3])
  return imageListDataset(
    {
      name: 'Stanford Online Products',
      images: rows.map(({ fields }, i) => ({
        path: pathInside(join(file, '..'), fields[3], file),
        label: classes.labels[i],
      })),
      folder: join(file, '..'),
      classNames: labels === 'product' ? classes.names : classes.names.map((kind) => kindName(firstOf.get(kind)!)),
      notices,
      metadata: { source: 'https://cvgl.stanford.edu/projects/lifted_struct', split, citation: 'Song et al. 2016' },
    },
    options,
  )
}

/** The kind of a product: `bicycle_final/111085122871_0.JPG` is a bicycle. */
const kindName = (path: string) =>
  path
    .split('/')[0]
    .replace(/_final$/, '')
    .replaceAll('_', ' ')
