import { importPeer, rethrow } from '@dc/core'

/** What is used of `@huggingface/transformers`; its own types would make it a dependency of whoever compiles against us. */
export interface Library {
  readonly env: { cacheDir: string | null; localModelPath: string; allowLocalModels: boolean }
  readonly AutoConfig: { from_pretrained(model: string, options: object): Promise<{ readonly model_type?: string }> }
  readonly AutoProcessor: { from_pretrained(model: string, options: object): Promise<Processor> }
  readonly Tensor: new (type: string, data: Float32Array, dims: readonly number[]) => FoundTensor
  readonly AutoTokenizer: { from_pretrained(model: string, options: object): Promise<Tokenizer> }
  readonly AutoModel: { from_pretrained(model: string, options: object): Promise<LoadedModel> }
  readonly AutoModelForImageFeatureExtraction: { from_pretrained(model: string, options: object): Promise<LoadedModel> }
}
export type Tokenizer = (
  texts: readonly string[],
  how: { padding: true; truncation: true },
) => Record<string, FoundTensor>
export interface Processor {
  readonly image_processor?: {
    readonly image_mean?: readonly number[]
    readonly image_std?: readonly number[]
    readonly do_normalize?: boolean
    readonly size?: Sides
    readonly crop_size?: Sides
    readonly do_center_crop?: boolean
  }
}
/** A size as processors have it: one number, or sides by name. */
export type Sides = number | { readonly height?: number; readonly width?: number; readonly shortest_edge?: number }
export interface FoundTensor {
  readonly dims: readonly number[]
  readonly data: ArrayLike<number | bigint>
}
export interface LoadedModel {
  (inputs: Record<string, FoundTensor>): Promise<Record<string, FoundTensor>>
  dispose(): Promise<unknown>
}

const peer = '@huggingface/transformers'
const note = 'The install script of ONNX Runtime, on which it depends, downloads what is not needed.'

/** @throws MissingPeerError with the install line, if it is not installed */
export async function loadTransformers(
  neededFor: string,
  load: () => Promise<unknown> = () => import('@huggingface/transformers').catch(rethrow),
): Promise<Library> {
  return (await importPeer(peer, load, neededFor, note, `--ignore-scripts ${peer}`)) as Library
}
