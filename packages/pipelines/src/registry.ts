import { plugins as backbones } from '@dc/backbones'
import { createRegistry, type PluginPack, type RegistryOf } from '@dc/core'
import { plugins as views } from '@dc/data/views'
import { plugins as losses } from '@dc/losses'
import { plugins as metrics } from '@dc/metrics'
import { plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { plugins as spectral } from '@dc/spectral'
import { plugins as trainer } from '@dc/trainer'
import { classical } from './classical/index'
import { systems } from './systems/index'
import { neighbours } from './views/neighbours'

/** The plugins of all packages that methods are put together from. Backends are for whoever runs them to choose. */
export const plugins = [
  ...views,
  neighbours,
  ...backbones,
  ...transport,
  ...spectral,
  ...losses,
  ...metrics,
  ...trainer,
  ...systems,
  ...classical,
] as const

/**
 * Everything that methods are put together from, as one registry.
 *
 * @param more further plugins, such as a pipeline of your own
 * @throws DcError if two plugins share kind and name
 * @example
 * const registry = assemble()
 * registry.list({ kind: 'pipeline' }).map(({ name }) => name) // ['bootsc', 'otdc', …]
 */
export function assemble<const More extends readonly PluginPack[] = []>(
  more?: More,
): RegistryOf<readonly [typeof plugins, ...More]> {
  return createRegistry([plugins, ...(more ?? ([] as unknown as More))])
}
