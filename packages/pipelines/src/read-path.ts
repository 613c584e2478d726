import { createRegistry, type Dataset } from '@dc/core'
import { inNode } from './in-node'

/** The data set of a path or a name, as `dclust --data` takes it. Only in Node. @throws OptionError, DataError */
export async function readPath(text: string): Promise<Dataset> {
  const { parseData, plugins } = await inNode<typeof import('@dc/data')>('@dc/data', 'Reading a path')
  const registry = createRegistry([plugins])
  const { name, options } = parseData(text, registry)
  return registry.make('dataset', name, options)
}
