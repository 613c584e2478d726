import type { Dataset } from '../kinds'
import { check, checkClose, checkFinite, type TestApi } from './check'

/** What every dataset must do: rows in the order asked for, finite, as many labels as rows, an error beyond its end. */
export function testDataset(api: TestApi, name: string, make: () => Dataset | Promise<Dataset>): void {
  api.describe(`dataset ${name}`, () => {
    api.it('reads rows in the order asked for', async () => {
      const dataset = await make()
      const size = dataset.sampleShape.reduce((a, b) => a * b, 1)
      check(dataset.size > 1, 'a dataset to test has at least two rows')
      const last = dataset.size - 1
      const values = await dataset.read([last, 0, last])
      check(values.length === 3 * size, `${values.length} values read, expected ${3 * size}`)
      checkFinite(values, 'values')
      checkClose(values.slice(2 * size), values.slice(0, size), 0, 'the same row read twice')
      checkClose(await dataset.read([0]), values.slice(size, 2 * size), 0, 'row 0 alone')
    })
    api.it('has a label for every row, or none', async () => {
      const { labels, size, classNames } = await make()
      if (!labels) return
      check(labels.length === size, `${labels.length} labels for ${size} rows`)
      for (const label of labels) {
        check(label >= -1, `label ${label}`)
        check(!classNames || label < classNames.length, `label ${label} has no class name`)
      }
    })
    api.it('names every row, or none', async () => {
      const { rowNames, rowFiles, size } = await make()
      for (const [what, each] of Object.entries({ rowNames, rowFiles }))
        check(each === undefined || each.length === size, `${each?.length} ${what} for ${size} rows`)
    })
    api.it('refuses rows beyond its end', async () => {
      const dataset = await make()
      const refused = await Promise.resolve()
        .then(() => dataset.read([dataset.size]))
        .then(
          () => false,
          () => true,
        )
      check(refused, `row ${dataset.size} was read from a dataset of ${dataset.size} rows`)
    })
  })
}
