// For tests: small models as the Hugging Face hub has them, a folder each.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeModel } from '@dc/backend-onnx/model'
import { waves } from '@dc/core/testing'

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'good', 'great', 'tea', 'coffee', 'bad', 'awful', 'shoes', 'boots']
const width = 6

/** The vector of a word: words of one meaning have near ones. */
export const vectorOf = (word: string): number[] => {
  const at = Math.max(1, words.indexOf(word))
  const meaning = waves(width, at >> 1)
  const own = waves(width, 100 + at)
  return Array.from(meaning, (value, i) => value + 0.1 * own[i])
}

/** Writes a sentence model: a vector for each word, of which the library takes the mean. */
export function writeTextModel(folder: string): string {
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  const put = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content))
  put('config.json', { model_type: 'bert', architectures: ['BertModel'] })
  put('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    model_max_length: 8,
  })
  put('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  })
  const ids = (name: string) => ({ name, type: 'int64' as const, shape: ['batch', 'sequence'] })
  const table = Float32Array.from(words.flatMap(vectorOf))
  const model = encodeModel({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map(ids),
    outputs: [{ name: 'last_hidden_state' }],
    nodes: [{ op: 'Gather', attributes: {}, inputs: ['table', 'input_ids'], outputs: ['last_hidden_state'] }],
    initializers: [{ name: 'table', type: 'float32', shape: [words.length, width], data: table }],
  })
  writeFileSync(join(folder, 'onnx/model.onnx'), model)
  return folder
}

/** Writes a model of pictures of 4 × 4: its tokens are the first half of the normalised pixels, and the second. */
export function writePictureModel(folder: string): string {
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  const put = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content))
  put('config.json', { model_type: 'vit', architectures: ['ViTModel'] })
  put('preprocessor_config.json', {
    image_processor_type: 'ViTImageProcessor',
    do_normalize: true,
    do_rescale: true,
    do_resize: true,
    rescale_factor: 1 / 255,
    image_mean: [0.5, 0.5, 0],
    image_std: [0.5, 0.25, 1],
    size: { height: 4, width: 4 },
  })
  const model = encodeModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, 4, 4] }],
    outputs: [{ name: 'last_hidden_state' }],
    nodes: [{ op: 'Reshape', attributes: {}, inputs: ['pixel_values', 'shape'], outputs: ['last_hidden_state'] }],
    initializers: [{ name: 'shape', type: 'int64', shape: [3], data: BigInt64Array.of(-1n, 2n, 24n) }],
  })
  writeFileSync(join(folder, 'onnx/model.onnx'), model)
  return folder
}
