import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DataError, OptionError, quoted } from '@dc/core'
import { checksum, defaultCacheFolder, fileChecksum } from '@dc/core/cache'

/** Where a model is. */
export interface ModelPlace {
  /** What the library is told. */
  readonly name: string
  readonly localModelPath: string
  readonly cacheDir: string
  /** The folder that its files are in, once they are loaded. */
  readonly folder: string
  readonly isLocal: boolean
}

/** Types of numbers of the weights, and how their files are called. */
const endings = { fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', uint8: '_uint8', q4: '_q4', bnb4: '_bnb4' }
export const dtypes = Object.keys(endings) as (keyof typeof endings)[]
export type Dtype = keyof typeof endings

/**
 * A model by the folder of an already downloaded one, or by its name `owner/model`.
 *
 * @throws OptionError if it is neither
 */
export function modelPlace(model: string, revision: string): ModelPlace {
  const cacheDir = join(defaultCacheFolder(), 'transformers')
  if (existsSync(model) && statSync(model).isDirectory()) {
    const folder = resolve(model)
    if (!existsSync(join(folder, 'config.json')))
      throw new DataError(`The folder ${quoted(model)} holds no model: it has no config.json.`, { model })
    return { name: basename(folder), localModelPath: dirname(folder), cacheDir, folder, isLocal: true }
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(model) || /^\.{1,2}\//.test(model))
    throw new OptionError('model', model, 'the folder of a downloaded model, or a name such as owner/model')
  const folder = join(cacheDir, model, ...(revision === 'main' ? [] : [revision]))
  // No folder of that name: what is here is told by its path alone.
  return { name: model, localModelPath: join(cacheDir, 'none'), cacheDir, folder, isLocal: false }
}

/** All files that decide what a model says, by those that are there. */
export async function modelChecksum({ folder }: ModelPlace, dtype: Dtype, deciding: object): Promise<string> {
  const weights = ['model', 'vision_model', 'text_model'].flatMap((name) => {
    const file = `onnx/${name}${endings[dtype]}.onnx`
    return [file, `${file}_data`]
  })
  const texts = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json']
  const sums: [string, string][] = []
  for (const file of [...texts, ...weights]) {
    const sum = await fileChecksum(join(folder, file))
    if (sum !== null) sums.push([file, sum])
  }
  return checksum(JSON.stringify([sums, dtype, deciding]))
}
