import { type Dataset, ShapeError } from '@dc/core'
import { applyStandardization, undoStandardization } from '@dc/data/rows'
import { stateArray } from '../arrays'
import { rowWidth } from '../host-rows'
import type { ModelData } from './model-data'
import { namedColumns } from './named-columns'

/**
 * Rows as a model sees them. A reader may have brought rows to another scale: standardised by their own means, or shifted
 * because float32 would merge them. They are taken back to what the file holds, and then to the scale of the rows that the
 * model was fitted to.
 *
 * @throws ShapeError for rows of another shape; DataError for a table that lacks a column
 */
export function alignedRows(given: Dataset, { facts, input }: Pick<ModelData, 'facts' | 'input'>): Dataset {
  const { shape, columns } = facts.input
  const dataset = namedColumns(given, columns)
  if (dataset.sampleShape.join() !== shape.join())
    throw new ShapeError(
      'rows',
      [dataset.size, ...dataset.sampleShape],
      `[n, ${shape.join(', ')}], as the model was fitted to`,
    )
  const own = { mapping: dataset.mapping, standardized: dataset.standardized }
  const wanted = scaleOf({ facts, input })
  if (sameScale(own, wanted)) return dataset
  const width = rowWidth(dataset)
  const readExact = async (rows: ArrayLike<number>) => {
    const values = Float64Array.from(await (dataset.readExact?.(rows) ?? dataset.read(rows)))
    if (own.mapping)
      eachColumn(values, width, (value, column) => value / own.mapping!.scale + own.mapping!.offset[column])
    if (own.standardized) undoStandardization(values, own.standardized)
    if (wanted.standardized) applyStandardization(values, wanted.standardized)
    if (wanted.mapping)
      eachColumn(values, width, (value, column) => (value - wanted.mapping!.offset[column]) * wanted.mapping!.scale)
    return values
  }
  const { mapping: _, standardized: __, ...rest } = dataset
  return { ...rest, ...wanted, readExact, read: async (rows) => Float32Array.from(await readExact(rows)) }
}

type Scale = Pick<Dataset, 'mapping' | 'standardized'>

/** The scale of the rows that a model was fitted to. */
function scaleOf({ facts: { input: facts }, input }: Pick<ModelData, 'facts' | 'input'>): Scale {
  const floats = (name: string) => Float64Array.from(stateArray(input, name).values)
  return {
    ...(facts.scale !== undefined && { mapping: { offset: floats('offset'), scale: facts.scale } }),
    ...(facts.standardized && { standardized: { mean: floats('mean'), deviation: floats('deviation') } }),
  }
}

function sameScale(a: Scale, b: Scale): boolean {
  const plain = ({ mapping, standardized }: Scale) =>
    JSON.stringify([
      mapping && [[...mapping.offset], mapping.scale],
      standardized && [[...standardized.mean], [...standardized.deviation]],
    ])
  return plain(a) === plain(b)
}

function eachColumn(values: Float64Array, width: number, of: (value: number, column: number) => number): void {
  for (let at = 0; at < values.length; at++) values[at] = of(values[at], at % width)
}
