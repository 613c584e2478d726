import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Backbone, cpu, createRandom, createRegistry, DataError, initBackend, ShapeError, tf } from '@dc/core'
import { decodeSafetensors, encodeSafetensors, type SafetensorsTensor } from '@dc/core/safetensors'
import { waves } from '@dc/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LoadWeightsOptions, linear, loadWeights, mlp, plugins, resnet, saveWeights, vit } from '../index'

type Tensors = [name: string, tensor: SafetensorsTensor][]

const random = () => createRandom(0)
const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.safetensors`, import.meta.url))
const f32 = (shape: number[]): SafetensorsTensor => ({
  type: 'F32',
  shape,
  values: waves(shape.reduce((a, b) => a * b, 1)),
})
const ones = (shape: number[]): SafetensorsTensor => {
  const { values, ...tensor } = f32(shape)
  return { ...tensor, values: new Float32Array(values.length).fill(1) }
}

let folder: string
let network: Backbone
let transformer: Backbone
/** What the networks are in PyTorch's names, without a prefix. */
let plain: Tensors
let vitPlain: Tensors
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
  folder = await mkdtemp(join(tmpdir(), 'weights-'))
  network = resnet({ inputShape: [16, 16, 3], depth: 18, stem: 'cifar', width: 2, random: random() })
  transformer = vit({ inputShape: [8, 12, 3], patch: 4, width: 12, depth: 2, heads: 3, random: random() })
  const tensors = async (of: Backbone) => {
    await saveWeights(of, join(folder, 'plain'))
    return [...decodeSafetensors(readFileSync(join(folder, 'plain')), 'plain').tensors]
  }
  plain = await tensors(network)
  vitPlain = await tensors(transformer)
})
afterAll(() => tf.dispose([network.variables, transformer.variables] as tf.TensorContainer))

const prefixed = (prefix: string, tensors: Tensors, scale = 1): Tensors =>
  tensors.map(([name, tensor]) => [
    prefix + name,
    { ...tensor, values: (tensor.values as Float32Array).map((v) => v * scale) },
  ])

let count = 0
async function file(tensors: Tensors): Promise<string> {
  const path = join(folder, `${count++}.safetensors`)
  await writeFile(path, encodeSafetensors(new Map(tensors)))
  return path
}
const load = async (tensors: Tensors, options?: LoadWeightsOptions, into = network) =>
  loadWeights(into, await file(tensors), options)
const first = async () => [...(await network.variables['conv1.weight'].data())].slice(0, 3)

describe('loadWeights from a file of several networks', () => {
  let scale1: number[]
  beforeEach(async () => {
    await load(plain)
    scale1 = await first()
  })

  it.each([
    ['MoCo', ['encoder_q.', 'encoder_k.']],
    ['DINO', ['student.module.backbone.', 'teacher.backbone.']],
    ['a moving average', ['', 'model_ema.module.']],
    ['BYOL', ['online_network.encoder.', 'target_network.encoder.']],
    ['a prefix inside another', ['module.', 'module.module.']],
    ['a wrapped copy', ['', 'module.']],
  ])('refuses to choose, names the prefixes, and takes the one that is asked for: %s', async (_, prefixes) => {
    const [one, two] = prefixes.map((prefix, i) => prefixed(prefix, plain, 2 ** i * 2))
    const sorted = [...prefixes].sort()
    const names = sorted.map((prefix) => (prefix === '' ? 'no prefix' : `'${prefix}'`)).join(', ')
    // The order in the file never decides.
    for (const tensors of [[...one, ...two], [...two, ...one], [...one, ...two].reverse()]) {
      await expect(load(tensors)).rejects.toThrow(`has all weights of the network 2 times, under ${names}. Choose one`)
      expect(await first()).toEqual(scale1)
    }
    for (const [i, prefix] of prefixes.entries()) {
      const found = await load([...two, ...one], { prefix })
      expect(found.prefix).toBe(prefix)
      expect(found.loaded).toEqual(Object.keys(network.variables))
      expect(found.unused).toHaveLength(plain.length)
      expect(await first()).toEqual(scale1.map((value) => value * 2 ** i * 2))
    }
  })

  it('takes a prefix without its dot', async () => {
    const tensors = [...prefixed('encoder_q.', plain, 4), ...prefixed('encoder_k.', plain)]
    expect((await load(tensors, { prefix: 'encoder_q' })).prefix).toBe('encoder_q.')
    expect(await first()).toEqual(scale1.map((value) => value * 4))
  })

  it('names the prefixes that there are for one that is not', async () => {
    const tensors = [...prefixed('a.', plain), ...prefixed('b.', plain)]
    await expect(load(tensors, { prefix: 'c.' })).rejects.toThrow(
      /lacks 100 of 100 weights under 'c.': .*All are under 'a.', 'b.'\./,
    )
  })

  it('never mixes a top-level name with a prefixed set', async () => {
    const [[name]] = plain
    // One array at the top and all of them behind a prefix: the prefixed are taken, the first order or the other.
    for (const tensors of [
      [[name, f32([...plain[0][1].shape])] as const, ...prefixed('module.', plain, 2)],
      [...prefixed('module.', plain, 2), [name, f32([...plain[0][1].shape])] as const],
    ]) {
      expect(await load(tensors as Tensors)).toMatchObject({ prefix: 'module.', unused: [name] })
      expect(await first()).toEqual(scale1.map((value) => value * 2))
    }
    // Neither is whole.
    const split = [...plain.slice(0, 60), ...prefixed('module.', plain.slice(60))]
    await expect(load(split)).rejects.toThrow(/lacks 40 of 100 weights: 'layer3.0.downsample.0.weight'/)
    await expect(load(prefixed('module.', plain.slice(1)).concat(plain.slice(0, 1)))).rejects.toThrow(
      /lacks 1 of 100 weights under 'module.': 'conv1.weight'. It has/,
    )
  })

  it("lets stand what lies outside of the network's prefix", async () => {
    const beside: Tensors = [
      ['module.projector.0.weight', f32([2, 2])],
      ['module.fc.weight', f32([2, 16])],
      ['queue', f32([4])],
      ['queue_ptr', { type: 'I64', shape: [1], values: BigInt64Array.of(3n) }],
      ['predictor.0.weight', f32([2])],
      ['bn9.num_batches_tracked', { type: 'I64', shape: [], values: BigInt64Array.of(3n) }],
    ]
    const { unused } = await load([...beside, ...prefixed('module.encoder.', plain)])
    expect(unused).toEqual(beside.map(([name]) => name))
  })

  it("finds torchvision's names behind a prefix", async () => {
    const small = vit({ inputShape: [8, 8, 3], patch: 4, width: 8, depth: 2, heads: 2, random: random() })
    const { tensors } = decodeSafetensors(readFileSync(fixture('vit-torchvision')), 'x')
    const wrapped = [...tensors].map(([name, tensor]) => [`module.${name}`, tensor] as [string, SafetensorsTensor])
    expect((await load(wrapped, {}, small)).prefix).toBe('module.')
    const twice: Tensors = [...tensors, ['cls_token', tensors.get('class_token')!]]
    await expect(load(twice, {}, small)).rejects.toThrow(/has cls_token twice: 'class_token' and 'cls_token'/)
    tf.dispose(small.variables)
  })

  it('refuses to guess where a small network is in many places', async () => {
    const head = linear({ inputs: 2, outputs: 3, random: random() })
    const layers = Array.from({ length: 9 }, (_, i) => [`${i}.weight`, f32([3, 2])] as [string, SafetensorsTensor])
    const biases = layers.map(([name]) => [name.replace('weight', 'bias'), f32([3])] as [string, SafetensorsTensor])
    await expect(load([...layers, ...biases], {}, head)).rejects.toThrow(/9 times, under '0.', .*'5.', …\. Choose/)
    expect((await load([...layers, ...biases], { prefix: '4.' }, head)).prefix).toBe('4.')
    tf.dispose(head.variables)
  })
})

describe('loadWeights from a file of another network', () => {
  const left = async (tensors: Tensors, message: RegExp, into = transformer) => {
    await expect(load(tensors, {}, into)).rejects.toThrow(message)
    await expect(load(tensors, {}, into)).rejects.toThrow(DataError)
  }

  it.each([
    ['LayerScale of timm', 'blocks.0.ls1.gamma', [12]],
    ['LayerScale of BEiT', 'blocks.1.gamma_1', [12]],
    ['register tokens', 'reg_token', [1, 4, 12]],
    ['register tokens of DINOv2', 'register_tokens', [1, 4, 12]],
    ['a third block', 'blocks.2.norm1.weight', [12]],
    ['a norm before the blocks', 'norm_pre.weight', [12]],
    ['a norm of queries', 'blocks.0.attn.q_norm.weight', [4]],
    ['a relative position bias', 'blocks.0.attn.relative_position_bias_table', [12, 3]],
    ['a projection', 'proj', [12, 12]],
  ])('names what has no place: %s', async (_, name, shape) => {
    await left(
      [...vitPlain, [name, f32(shape)]],
      new RegExp(`has 1 arrays that this network has no place for: '${name}'`),
    )
    await left(prefixed('module.', [...vitPlain, [name, f32(shape)]]), new RegExp(`no place for: 'module.${name}'`))
    expect((await load([...vitPlain, [name, f32(shape)]], { ignore: [name] }, transformer)).unused).toEqual([name])
  })

  it('refuses a ResNet-34 in a ResNet-18, and the other way round', async () => {
    const deep = resnet({ inputShape: [16, 16, 3], depth: 34, stem: 'cifar', width: 2, random: random() })
    await saveWeights(deep, join(folder, 'deep'))
    expect(() => loadWeights(network, join(folder, 'deep'))).toThrow(
      /has 80 arrays that this network has no place for: 'layer1.2.conv1.weight'/,
    )
    expect(() => loadWeights(deep, fixture('resnet-18'))).toThrow(/lacks 80 of 180 weights under 'module.': 'layer1.2/)
    tf.dispose(deep.variables)
  })

  it('lets heads and counters stand', async () => {
    const heads = [
      'fc',
      'head',
      'heads.head',
      'head_dist',
      'classifier',
      'projector.0',
      'predictor.net.3',
      'prototypes',
    ]
    const names = [
      ...heads.map((head) => `${head}.weight`),
      'mask_token',
      'num_batches_tracked',
      'norm.num_batches_tracked',
    ]
    const tensors = [...vitPlain, ...names.map((name) => [name, ones([3])] as [string, SafetensorsTensor])]
    expect((await load(tensors, {}, transformer)).unused).toEqual(names)
    // Only at the top: inside the network the same word is a part of it.
    await left([...tensors, ['blocks.0.head.weight', ones([3])]], /no place for: 'blocks.0.head.weight'/)
    await left([...tensors, ['header.weight', ones([3])]], /no place for: 'header.weight'/)
    expect(
      (await load([...tensors, ['extra.a.b', ones([3])]], { ignore: ['extra'] }, transformer)).unused,
    ).toHaveLength(12)
    await expect(load([...tensors, ['extras.b', ones([3])]], { ignore: ['extra'] }, transformer)).rejects.toThrow(
      /'extras.b'/,
    )
  })

  it('names both shapes', async () => {
    const with_ = (name: string, tensor: SafetensorsTensor) =>
      vitPlain.map(([own, old]) => [own, own === name ? tensor : old] as [string, SafetensorsTensor])
    const before = await transformer.variables.cls_token.data()
    const positions = load(with_('pos_embed', f32([1, 197, 12])), {}, transformer)
    await expect(positions).rejects.toThrow(
      "weight 'pos_embed' has shape [1, 197, 12]; expected [1, 7, 12], the positions of images of this size.",
    )
    await expect(positions).rejects.toThrow(ShapeError)
    await expect(load(with_('norm.bias', f32([13])), {}, transformer)).rejects.toThrow(
      /'norm.bias' has shape \[13\]; expected \[12\]/,
    )
    await expect(load(with_('norm.bias', f32([12, 1])), {}, transformer)).rejects.toThrow(/shape \[12, 1\]/)
    await expect(load(with_('patch_embed.proj.weight', f32([12, 1, 4, 4])), {}, transformer)).rejects.toThrow(
      /shape \[12, 1, 4, 4\]; expected \[12, 3, 4, 4\]/,
    )
    expect(await transformer.variables.cls_token.data()).toEqual(before)
  })
})

describe('loadWeights of values', () => {
  const layer = () => linear({ inputs: 2, outputs: 1, random: random() })
  const weights = (weight: Omit<SafetensorsTensor, 'shape'>): Tensors => [
    ['weight', { ...weight, shape: [1, 2] }],
    ['bias', ones([1])],
  ]
  const read = async (weight: Omit<SafetensorsTensor, 'shape'>) => {
    const head = layer()
    try {
      await load(weights(weight), {}, head)
      return [...(await head.variables.weight.data())]
    } finally {
      tf.dispose(head.variables)
    }
  }

  it('are right for every floating-point type', async () => {
    const value = [1.5, -0.1]
    expect(await read({ type: 'F32', values: Float32Array.from(value) })).toEqual(value.map(Math.fround))
    expect(await read({ type: 'F64', values: Float64Array.from(value) })).toEqual(value.map(Math.fround))
    expect(await read({ type: 'F16', values: Uint16Array.of(0x3e00, 0xae66) })).toEqual([1.5, -0.0999755859375])
    expect(await read({ type: 'BF16', values: Uint16Array.of(0x3fc0, 0xbdcd) })).toEqual([1.5, -0.10009765625])
  })

  it.each<[SafetensorsTensor['type'], SafetensorsTensor['values']]>([
    ['I64', BigInt64Array.of(1n, 2n)],
    ['I32', Int32Array.of(1, 2)],
    ['U8', Uint8Array.of(1, 2)],
    ['I8', Int8Array.of(1, 2)],
    ['BOOL', Uint8Array.of(1, 0)],
    ['U16', Uint16Array.of(1, 2)],
  ])('are refused of type %s', async (type, values) => {
    await expect(read({ type, values })).rejects.toThrow(`weight 'weight' is of type ${type}; expected one of F64, F32`)
  })

  it.each<[string, SafetensorsTensor['type'], SafetensorsTensor['values'], RegExp]>([
    ['NaN', 'F32', Float32Array.of(1, Number.NaN), /'weight' holds NaN, which is no finite number/],
    ['infinity', 'F64', Float64Array.of(Number.NEGATIVE_INFINITY, 1), /holds -Infinity, which is no finite/],
    ['half NaN', 'F16', Uint16Array.of(0x7e00, 0), /holds NaN/],
    ['half infinity', 'F16', Uint16Array.of(0, 0x7c00), /holds Infinity/],
    ['bfloat16 infinity', 'BF16', Uint16Array.of(0x7f80, 0), /holds Infinity/],
    ['a double beyond float32', 'F64', Float64Array.of(1, 1e300), /holds 1e\+300, which is beyond float32/],
  ])('are refused with %s', async (_, type, values, message) => {
    await expect(read({ type, values })).rejects.toThrow(message)
    await expect(read({ type, values })).rejects.toThrow(DataError)
  })

  it('of a head do not matter', async () => {
    const head = layer()
    const nothing: SafetensorsTensor = { type: 'F32', shape: [1], values: Float32Array.of(Number.NaN) }
    expect(
      (await load([...weights({ type: 'F32', values: new Float32Array(2) }), ['fc.bias', nothing]], {}, head)).unused,
    ).toEqual(['fc.bias'])
    tf.dispose(head.variables)
  })
})

describe('weights of a plugin', () => {
  it('are chosen by prefix, and leave no network behind when they are refused', async () => {
    const registry = createRegistry([plugins])
    const make = (weights: unknown) =>
      registry.create('backbone', 'resnet-18', { stem: 'cifar', width: 2, weights } as object, {
        inputShape: [16, 16, 3],
        random: random(),
      })
    const two = await file([...prefixed('encoder_q.', plain), ...prefixed('encoder_k.', plain, 2)])
    const before = tf.memory().numTensors
    expect(() => make(two)).toThrow(/under 'encoder_k.', 'encoder_q.'/)
    expect(() => make({ file: two, prefx: '' })).toThrow(/backbone.resnet-18.weights/)
    expect(tf.memory().numTensors).toBe(before)
    const chosen = make({ file: two, prefix: 'encoder_k.' })
    const [own] = await chosen.variables['conv1.weight'].data()
    await load(plain)
    expect(own).toBeCloseTo(2 * (await first())[0], 6)
    tf.dispose(chosen.variables)
  })
})

describe('saveWeights', () => {
  it('says why it cannot write, and takes no two variables of one name', async () => {
    const head = mlp({ inputShape: [2], widths: [2], random: random() })
    await writeFile(join(folder, 'a-file'), '')
    await expect(saveWeights(head, join(folder, 'a-file/x'))).rejects.toThrow(/Cannot write/)
    const [variable] = Object.values(head.variables)
    const twins = { variables: { 'a.scale': variable, 'a.weight': variable } }
    await expect(saveWeights(twins, join(folder, 'twins'))).rejects.toThrow(/variable 'a.weight': got 'a.weight'/)
    tf.dispose(head.variables)
  })
})
