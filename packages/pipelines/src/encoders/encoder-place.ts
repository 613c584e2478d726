import { hasNodeModule, nodeModule } from '@dc/core'
import type { EncoderReference } from './encoder-reference'

/**
 * An encoder whose model is a file or a folder, by a path that holds in whatever folder a program works. Other encoders, and those
 * of the Hugging Face hub, stay as they are.
 *
 * @example
 * placedEncoder({ name: 'onnx', options: { model: 'dinov2.onnx' } }) // { …, options: { model: '/home/ann/dinov2.onnx' } }
 */
export function placedEncoder<Used extends EncoderReference>(encoder: Used): Used {
  return withPlace(encoder, (model, { resolve }) => [resolve(model)])
}

/** The same for the encoder of a model file: a model that is not where it was may lie beside that file. */
export function encoderBeside<Used extends EncoderReference>(encoder: Used, file: string): Used {
  return withPlace(encoder, (model, { basename, dirname, join, resolve }) => {
    // By the last of its names, as this system or another one divides them.
    const names = [model, basename(model), model.split(/[\\/]/).at(-1)!]
    return [resolve(model), ...names.map((name) => join(dirname(resolve(file)), name))]
  })
}

/** The first of these places where there is something. */
function withPlace<Used extends EncoderReference>(
  encoder: Used,
  places: (model: string, path: typeof import('node:path')) => readonly string[],
): Used {
  const model = (encoder.options as { model?: unknown } | undefined)?.model
  if (typeof model !== 'string' || model === '' || model.includes('\0') || !hasNodeModule('node:fs')) return encoder
  const { existsSync } = nodeModule<typeof import('node:fs')>('node:fs', 'A model by its file')
  const found = places(model, nodeModule('node:path', 'A model by its file')).find((place) => existsSync(place))
  return found === undefined ? encoder : { ...encoder, options: { ...encoder.options, model: found } }
}
