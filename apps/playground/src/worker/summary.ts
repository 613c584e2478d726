import type { Dataset } from '@dc/core'
import type { Summary } from './messages'
import { pictureSheets } from './sheets'

/** What the page is told of the rows. */
export async function summaryOf(dataset: Dataset): Promise<Summary> {
  const { name, size, sampleShape, labels, classNames, rowNames, columns, notices = [], leftOut = [] } = dataset
  const pictures = dataset.seen ?? dataset
  const { image } = pictures
  const many = sampleShape.reduce((product, side) => product * side, 1)
  const sheets = image && (await pictureSheets(pictures))
  return {
    name,
    rows: size,
    form: dataset.encoder
      ? `${many.toLocaleString('en')} numbers by ${dataset.encoder.name}`
      : image
        ? `${image.height} × ${image.width} pixels${image.channels === 3 ? ', colour' : ''}`
        : `${many.toLocaleString('en')} ${many === 1 ? 'number' : 'numbers'}`,
    noun: image ? 'image' : 'row',
    ...(labels && { truth: labels.slice() }),
    ...(classNames && { classNames }),
    ...(rowNames && { rowNames }),
    ...(columns && { columns }),
    notices,
    leftOut,
    ...(sheets && { sheets }),
  }
}
