import { type ContingencyTable, contingencyTable } from '../contingency'
import type { Labels, NoiseOptions } from '../labels'

/** A score of a clustering against the truth: of two label arrays, or of a table made before. */
export interface ExternalScore<Options extends object = object> {
  (truth: Labels, labels: Labels, options?: Options & NoiseOptions): number
  (table: ContingencyTable, options?: Options): number
}

/** Whether a score was given a table instead of labels. */
export function isTable(value: Labels | ContingencyTable): value is ContingencyTable {
  return 'cells' in value
}

/** Lets a function of a contingency table also take two label arrays. */
export function externalScore<Options extends object = object>(
  compute: (table: ContingencyTable, options: Options) => number,
): ExternalScore<Options> {
  return (first: Labels | ContingencyTable, second?: Labels | Options, third?: Options & NoiseOptions) =>
    isTable(first)
      ? compute(first, (second ?? {}) as Options)
      : compute(contingencyTable(first, second as Labels, third), third ?? ({} as Options))
}
