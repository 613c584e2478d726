/** Facts of published weights: how their images were normalised, where they are, who may use them. */
export interface PretrainedWeights {
  readonly name: string
  /** The backbone plugin and its options that take them. */
  readonly backbone: string
  readonly options: Readonly<Record<string, unknown>>
  readonly mean: readonly number[]
  readonly std: readonly number[]
  /** Height and width of the images. */
  readonly size: readonly [number, number]
  /** Where the `.safetensors` file is; this package downloads nothing. */
  readonly source: string
  readonly licence: string
  readonly citation: string
}

const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], size: [224, 224] } as const
const timm = (name: string) => `https://huggingface.co/timm/${name}/resolve/main/model.safetensors`
const resnet = (depth: number) => ({
  ...imageNet,
  name: `resnet${depth}.tv_in1k`,
  backbone: `resnet-${depth}`,
  options: { stem: 'imagenet' },
  source: timm(`resnet${depth}.tv_in1k`),
  licence: 'BSD-3-Clause',
  citation: 'He et al. 2016; torchvision',
})
const dino = (size: 'small' | 'base') => ({
  ...imageNet,
  name: `vit_${size}_patch16_224.dino`,
  backbone: size === 'small' ? 'vit-s' : 'vit-b',
  options: { patch: 16 },
  source: timm(`vit_${size}_patch16_224.dino`),
  licence: 'Apache-2.0',
  citation: 'Caron et al. 2021, "Emerging properties in self-supervised vision transformers"',
})

/**
 * Published weights that the backbones take.
 *
 * @example
 * pretrained.find(({ name }) => name === 'vit_base_patch16_224.dino')!.mean   // [0.485, 0.456, 0.406]
 */
export const pretrained: readonly PretrainedWeights[] = [
  resnet(18),
  resnet(34),
  resnet(50),
  dino('small'),
  dino('base'),
]
