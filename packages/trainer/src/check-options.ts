import { OptionError } from '@dc/core'
import { checkUnroll, type Unroll } from './rounds'
import { checkViewsOn, type ViewsOn } from './view-source'

/** The options of a training that can be checked without its data. */
interface Checked {
  readonly epochs: number
  readonly checkpoint?: { readonly every?: number }
  readonly optimizer: object
  readonly learningRate: object
  readonly random: object
  readonly unroll?: Unroll
  readonly viewsOn?: ViewsOn
}

/** @throws OptionError for one that cannot be */
export function checkOptions(options: Checked): void {
  const { epochs, checkpoint, optimizer, learningRate, random, unroll = 'auto', viewsOn = 'auto' } = options
  if (!Number.isInteger(epochs) || epochs < 1) throw new OptionError('epochs', epochs, 'an integer ≥ 1')
  requireMethod('optimizer', optimizer, 'update', 'an optimiser, such as adam()')
  requireMethod('learningRate', learningRate, 'value', 'a schedule, such as constant(0.01)')
  requireMethod('random', random, 'split', 'a stream of random numbers, such as createRandom(0)')
  const every = checkpoint?.every ?? 1
  if (!Number.isInteger(every) || every < 1) throw new OptionError('checkpoint.every', every, 'an integer ≥ 1')
  checkUnroll(unroll)
  checkViewsOn(viewsOn)
}

/** A number in place of a schedule is a likely mistake. */
function requireMethod(path: string, value: unknown, method: string, allowed: string): void {
  const found = (value as Record<string, unknown> | null | undefined)?.[method]
  if (typeof found !== 'function') throw new OptionError(path, value, allowed)
}
