import { tf } from '@dc/core'
import { OptionError } from '@dc/core/errors'

/** What a compiled function returns: a tensor, a list of them, or a record. */
export type Results = tf.Tensor | readonly tf.Tensor[] | { readonly [name: string]: tf.Tensor }

/** How results are put together, for a record the names. */
export type Form = 'tensor' | 'list' | readonly string[]

/** The tensors of a step's results, in order. @throws OptionError for what holds none */
export function tensorsOf(results: Results): readonly tf.Tensor[] {
  const tensors = results instanceof tf.Tensor ? [results] : Object.values(results ?? {})
  if (tensors.length === 0 || !tensors.every((tensor) => tensor instanceof tf.Tensor))
    throw new OptionError('step', results, 'a function that returns a tensor, or a list or record of tensors')
  return tensors
}

/** The form of a step's results. */
export function formOf(results: Results): Form {
  if (results instanceof tf.Tensor) return 'tensor'
  return Array.isArray(results) ? 'list' : Object.keys(results)
}

/** Tensors in the form of a step's results. */
export function inForm(form: Form, tensors: readonly tf.Tensor[]): Results {
  if (form === 'tensor') return tensors[0]
  if (form === 'list') return [...tensors]
  return Object.fromEntries(form.map((name, i) => [name, tensors[i]]))
}
