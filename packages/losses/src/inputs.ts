import { OptionError, tf } from '@dc/core'

/**
 * Refuses what is no tensor, for losses that are chosen by name and may be given what is another's.
 *
 * @throws OptionError naming the input
 */
export function requireTensors(inputs: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(inputs))
    if (!(value instanceof tf.Tensor)) throw new OptionError(name, shown(value), 'a tensor')
}

/** As {@link requireTensors}, of lists with a tensor for each view. */
export function requireViews(inputs: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (!Array.isArray(value)) throw new OptionError(name, shown(value), 'a list with a tensor for each view')
    requireTensors(Object.fromEntries(value.map((each, view) => [`${name}.${view}`, each])))
  }
}

/** As {@link requireTensors}, of classes. */
export function requireLabels(labels: unknown): void {
  if (labels instanceof tf.Tensor || Array.isArray(labels) || ArrayBuffer.isView(labels)) return
  throw new OptionError('labels', labels, 'a list of classes, or a tensor')
}

/** @throws OptionError for a number that is not finite and > 0, or neither a number nor, where one may be, a tensor */
export function requirePositive(name: string, value: unknown, orScalar = false): void {
  if (orScalar && value instanceof tf.Tensor) {
    if (value.size !== 1) throw new OptionError(name, shown(value), 'a number > 0, or a scalar')
    return
  }
  if (!(typeof value === 'number' && value > 0 && Number.isFinite(value)))
    throw new OptionError(name, shown(value), `a number > 0${orScalar ? ', or a scalar' : ''}`)
}

/** Not the insides of tensors. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return `a list of ${value.length}`
  return value instanceof tf.Tensor ? `a tensor [${value.shape.join(', ')}]` : value
}
