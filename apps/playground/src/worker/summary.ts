import type { Dataset } from '@dc/core'
import type { Summary } from './messages'
import { pictureSheets } from './sheets'

/** What the page is told of the rows. */
export async function summaryOf(dataset: Dataset): Promise<Summary> {
  const { name, size, sampleShape, labels, classNames, rowNames, columns, notices = [], leftOut = [] } = dataset
  const { image } = dataset
  const many = sampleShape.reduce((product, side) => product * side, 1)
  const sheets = image && (await pictureSheets(dataset))
  return {
    name,
    rows: size,
    form: image
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
