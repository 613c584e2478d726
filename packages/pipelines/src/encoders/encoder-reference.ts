import { DataError, nodeModule, OptionError, quoted, type Registry } from '@dc/core'

/** An encoder by the name of its plugin. */
export interface EncoderReference {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * What a text means that names an encoder: `pixels` none, the name of an encoder that one, a file ending in `.onnx` that model, a
 * folder or `owner/model` a model of the Hugging Face hub.
 *
 * @param argument what people call the text, for messages
 * @returns null for `pixels`
 * @throws OptionError for a name that is none; DataError for a file that is not there
 * @example
 * encoderReference('dinov2.onnx', registry) // { name: 'onnx', options: { model: 'dinov2.onnx' } }
 */
export function encoderReference(text: string, registry: Registry, argument = 'encoder'): EncoderReference | null {
  if (text === 'pixels') return null
  if (registry.has('encoder', text)) return { name: text, options: {} }
  if (/\.(onnx|ort)$/i.test(text)) {
    const { existsSync } = nodeModule<typeof import('node:fs')>('node:fs', 'A model by its file')
    if (!existsSync(text))
      throw new DataError(`Cannot read the model ${quoted(text)}: it does not exist.`, { encoder: text })
    return { name: 'onnx', options: { model: text } }
  }
  if (registry.has('encoder', 'transformers') && (isFolder(text) || /^[\w.-]+\/[\w.-]+$/.test(text)))
    return { name: 'transformers', options: { model: text } }
  const names = registry.list({ kind: 'encoder' }).map(({ name }) => name)
  throw new OptionError(
    argument,
    text,
    `pixels, a file ending in .onnx, a folder of a downloaded model, owner/model, ${names.join(', ')}`,
  )
}

function isFolder(path: string): boolean {
  const { statSync } = nodeModule<typeof import('node:fs')>('node:fs', 'A model by its folder')
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
