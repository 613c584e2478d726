import type { ExplorerData } from '@dc/explore'
import { farthest, nowhere, type Packed, type PageData } from '../explore/page-data'
import { picturesOf } from './sheets'
import { unpacked } from './unpack'

/** The data of a page as the explorer takes them. @param sheet the file of a sheet of pictures, as base64 */
export function explorerData(page: PageData, sheet: (index: number) => string = () => ''): ExplorerData {
  const place = (values: Packed) =>
    Float32Array.from(unpacked(values), (value) => (value === nowhere ? Number.NaN : value / farthest))
  return {
    noun: page.noun,
    ...{ x: place(page.x), y: place(page.y) },
    labelings: page.labelings.map(({ labels, ...about }) => ({ ...about, labels: unpacked(labels) })),
    clusters: page.clusters,
    ...(page.certainty && {
      certainty: Float32Array.from(unpacked(page.certainty), (value) => (value - 100) / 100),
    }),
    ...(page.truth && { truth: unpacked(page.truth) }),
    ...(page.classNames && { classNames: page.classNames }),
    ...(page.numbers && { numbers: unpacked(page.numbers) }),
    of: page.of,
    ...(page.names && { names: page.names }),
    ...(page.texts && { texts: page.texts }),
    ...(page.columns && {
      columns: page.columns.map(({ values, ...about }) => ({
        ...about,
        values: Float32Array.from(unpacked(values), (value) => value / 255),
      })),
    }),
    ...(page.pictures && { pictures: picturesOf(page.pictures, sheet) }),
    ...(page.corrects && { corrects: page.corrects }),
  }
}
