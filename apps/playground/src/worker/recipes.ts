import type { Dataset } from '@dc/core'
import { type FitOptions, rowKind } from '@dc/pipelines'
import type { MethodName } from './messages'

/** What this page changes of a method's recipe, and says so. */
export interface PageRecipe {
  readonly options: Pick<FitOptions, 'options' | 'training'>
  readonly note?: string
}

/** Small grey images: a network of a quarter of the size, and fewer passes, lose nothing on the digits. */
const network = { name: 'mlp', options: { widths: [512, 256] } }

/**
 * The settings of a method in this page: those of `dclust`, but for small images a smaller network and fewer passes, so that a browser
 * without a GPU trains in a minute.
 */
export function pageRecipe(method: MethodName, dataset: Dataset): PageRecipe {
  if (rowKind(dataset) !== 'tiny-images') return { options: {} }
  if (method === 'bootsc')
    return {
      options: {
        options: { backbone: network, projection: { name: 'projection', options: { hidden: 512, width: 64 } } },
        training: { epochs: 40 },
      },
      note: 'network 512-256 with a projection 512-64, 40 epochs: here in the page; dclust takes 1024-512, 1024-128 and 100',
    }
  if (method === 'sp2ot' || method === 'otdc')
    return {
      options: { options: { backbone: network } },
      note: 'network 512-256: here in the page; dclust takes 1024-512',
    }
  return { options: {} }
}
