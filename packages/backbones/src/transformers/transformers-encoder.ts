import { DataError, DcError, type Encoder, type EncoderFacts, OptionError, printable, quoted } from '@dc/core'
import type { Library, LoadedModel, Processor, Sides } from './library'
import { loadTransformers } from './library'
import { type Dtype, type ModelPlace, modelChecksum, modelPlace } from './model-place'
import { pictureVectors, textVectors, unitRows } from './pooling'

/** How {@link transformersEncoder} uses a model. */
export interface TransformersOptions {
  /** A name on the Hugging Face hub, `owner/model`, with ONNX weights; or the folder of an already downloaded model. */
  readonly model: string
  /** Branch, tag or commit. Default `main`. */
  readonly revision?: string
  /** What it describes; by default what its kind of network does. */
  readonly of?: 'pictures' | 'texts'
  /** What to take of several vectors of a row: of texts the mean of the tokens by default, of pictures the first. */
  readonly tokens?: 'first' | 'mean'
  /** What stands before every text, as some models were trained: `query: `. */
  readonly prefix?: string
  /** How the weights are stored. Default `fp32`. */
  readonly dtype?: Dtype
  readonly batchSize?: number
  /** Facts for whoever keeps what the encoder says. */
  readonly name?: string
  readonly licence?: string
}

/** Networks of pictures, by `model_type` of their `config.json`. */
const seesPictures =
  /^(vit|vit_.*|deit|beit|dinov2|dinov2_with_registers|dinov3_.*|clip|clip_vision_model|siglip|siglip_vision_model|convnext|convnextv2|swin|resnet|regnet|efficientnet|mobilenet_.*|mobilevit|mobilevitv2|hiera|ijepa|data2vec-vision)$/

/**
 * An encoder that is a model of the Hugging Face hub, or the folder of one: a sentence model for texts, or DINOv2, CLIP, … for
 * pictures. It is run by `@huggingface/transformers`, which is asked for when it is used, and which downloads a named model the
 * first time. The files are kept in the user's cache folder.
 *
 * Texts become vectors of length 1.
 *
 * @throws MissingPeerError with the install line; DataError if the model cannot be loaded, such as without network; OptionError
 * for a model that is neither a name nor a folder
 * @example
 * const encoder = await transformersEncoder({ model: 'models/all-MiniLM-L6-v2' })
 */
export async function transformersEncoder(options: TransformersOptions): Promise<Encoder> {
  const { model, revision = 'main', dtype = 'fp32', name = model, licence } = options
  const place = modelPlace(model, revision)
  const library = await loadTransformers(`The encoder ${quoted(name)}`)
  const load = <T>(run: (how: object) => Promise<T>) => loading(library, place, { revision, dtype }, name, run)
  const of = options.of ?? (await kindOf(library, place, load))
  const source = place.isLocal ? place.folder : `Hugging Face hub: ${model}`
  const about = {
    name,
    source,
    revision: place.isLocal ? 'local' : revision,
    ...(licence !== undefined && { licence }),
  }
  const sum = (deciding: object) => modelChecksum(place, dtype, { of, tokens: options.tokens, ...deciding })
  return of === 'texts'
    ? ofTexts(library, options, place, load, about, sum)
    : ofPictures(library, options, place, load, about, sum)
}

type Load = <T>(run: (how: object) => Promise<T>) => Promise<T>
type About = Pick<EncoderFacts, 'name' | 'source' | 'revision' | 'licence'>
type Sum = (deciding: object) => Promise<string>

async function kindOf(library: Library, place: ModelPlace, load: Load): Promise<'pictures' | 'texts'> {
  const { model_type = '' } = await load((how) => library.AutoConfig.from_pretrained(place.name, how))
  return seesPictures.test(model_type) ? 'pictures' : 'texts'
}

/** The library's settings are of the whole process; they are as they were afterwards. */
async function loading<T>(
  { env }: Library,
  place: ModelPlace,
  how: object,
  name: string,
  run: (how: object) => Promise<T>,
): Promise<T> {
  const { cacheDir, localModelPath, allowLocalModels } = env
  Object.assign(env, { cacheDir: place.cacheDir, localModelPath: place.localModelPath, allowLocalModels: true })
  try {
    return await run({ ...how, device: 'cpu', local_files_only: place.isLocal })
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n')
    const cause =
      error instanceof Error && error.cause instanceof Error ? ` (${printable(error.cause.message, 200)})` : ''
    const remedy = place.isLocal
      ? 'Its folder must hold config.json, onnx/model.onnx, and tokenizer.json for texts or preprocessor_config.json for pictures.'
      : 'It is downloaded the first time it is used. Without network give the folder of an already downloaded model.'
    throw new DataError(
      `The model ${quoted(name)} cannot be loaded: ${printable(why, 300)}${cause}. ${remedy}`,
      { model: name },
      error,
    )
  } finally {
    Object.assign(env, { cacheDir, localModelPath, allowLocalModels })
  }
}

async function ofTexts(
  library: Library,
  { tokens = 'mean', prefix = '', batchSize = 16 }: TransformersOptions,
  place: ModelPlace,
  load: Load,
  about: About,
  sum: Sum,
): Promise<Encoder> {
  const tokenizer = await load((how) => library.AutoTokenizer.from_pretrained(place.name, how))
  const model = await load((how) => library.AutoModel.from_pretrained(place.name, how))
  const encode = async (rows: readonly string[]) => {
    const prefixed = rows.map((row) => `${prefix}${row}`)
    const inputs = tokenizer(prefixed, { padding: true, truncation: true })
    const found = await model(inputs)
    return unitRows(textVectors(found, inputs.attention_mask, tokens, about.name), rows.length)
  }
  return {
    ...about,
    input: { of: 'texts' },
    features: (await load(() => encode(['a']))).length,
    batchSize,
    checksum: await sum({ prefix }),
    encode,
    dispose: () => void model.dispose(),
  }
}

async function ofPictures(
  library: Library,
  { tokens = 'first', batchSize = 8 }: TransformersOptions,
  place: ModelPlace,
  load: Load,
  about: About,
  sum: Sum,
): Promise<Encoder> {
  const { image_processor: processor }: Processor = await load((how) =>
    library.AutoProcessor.from_pretrained(place.name, how),
  )
  if (!processor)
    throw new DataError(`The model ${quoted(about.name)} has no preprocessor of images.`, { model: about.name })
  const [height, width] = sidesOf(processor)
  const plain = processor.do_normalize === false
  const mean = plain ? [0, 0, 0] : [...(processor.image_mean ?? [0.5, 0.5, 0.5])]
  const deviation = plain ? [1, 1, 1] : [...(processor.image_std ?? [0.5, 0.5, 0.5])]
  const loaded = await load((how) => pictureModel(library, place, how))
  const encode = async (rows: Float32Array) => {
    const pixels = height * width
    const count = rows.length / (3 * pixels)
    const values = new Float32Array(rows.length)
    for (let at = 0; at < rows.length; at++) {
      const [channel, pixel] = [at % 3, Math.floor(at / 3)]
      const [picture, place] = [Math.floor(pixel / pixels), pixel % pixels]
      values[(picture * 3 + channel) * pixels + place] = (rows[at] - mean[channel]) / deviation[channel]
    }
    const tensor = new library.Tensor('float32', values, [count, 3, height, width])
    const found = await loaded({ pixel_values: tensor })
    return pictureVectors(found, tokens, count, about.name)
  }
  return {
    ...about,
    input: { of: 'pictures', height, width, channels: 3, fit: 'crop' },
    mean,
    deviation,
    features: (await load(() => encode(new Float32Array(height * width * 3)))).length,
    batchSize,
    checksum: await sum({ height, width, mean, deviation }),
    encode,
    dispose: () => void loaded.dispose(),
  }
}

/** Some networks of two kinds of input, such as CLIP, have a part for pictures alone. */
async function pictureModel(library: Library, { name }: ModelPlace, how: object): Promise<LoadedModel> {
  try {
    return await library.AutoModelForImageFeatureExtraction.from_pretrained(name, how)
  } catch (error) {
    if (!/Unsupported model type/i.test(String(error))) throw error
    return library.AutoModel.from_pretrained(name, how)
  }
}

function sidesOf({ size, crop_size, do_center_crop }: NonNullable<Processor['image_processor']>): [number, number] {
  const given: Sides | undefined = do_center_crop !== false && crop_size !== undefined ? crop_size : size
  if (typeof given === 'number') return [given, given]
  const both = given?.shortest_edge
  const [height, width] = [given?.height ?? both ?? 224, given?.width ?? both ?? 224]
  if (![height, width].every((side) => Number.isInteger(side) && side > 0 && side <= 4096))
    throw new OptionError('size of the model', [height, width], 'whole numbers from 1 to 4096')
  return [height, width]
}
