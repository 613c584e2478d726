// What several benches train: the MLP recipe and ResNet-18, on the active backend, from weights of a fixed seed.
import { plugins as backbonePlugins, mlp, model } from '@dc/backbones'
import { createRandom, createRegistry, tf } from '@dc/core'
import { trainable } from '@dc/trainer'
import { sgdStep } from './sgd-step.ts'

/** Two views through an MLP and a projection head; widths are input, two layers, head, embedding. */
export function mlpTraining(rows: number, [d, a, b, c, e]: readonly number[]) {
  const random = createRandom(0)
  const encoder = mlp({ inputShape: [d], widths: [a, b], random })
  const head = { inputShape: [b], random: random.split('head') }
  const project = createRegistry([backbonePlugins]).create('head', 'projection', { hidden: c, width: e }, head)
  const network = model({ encoder, project })
  const views = [0, 1].map((i) => random.split(i).normals(rows * d))
  const weights = Object.values(trainable(network.variables))
  const initial = () => weights.map((weight) => weight.dataSync().slice() as Float32Array)
  const training = sgdStep(network.variables, 0.04, () => {
    const [z0, z1] = views
      .map((values) => tf.tensor2d(values, [rows, d]))
      .map((x) => project.apply(encoder.apply(x, { training: true }), { training: true }))
    return z0.sub(z1).square().mean()
  })
  return { ...training, views, initial }
}

/** ResNet-18 with the CIFAR stem on 32×32 images, its features drawn towards random targets. */
export function resnetTraining(batch: number) {
  const random = createRandom(0)
  const inputShape = [32, 32, 3]
  const network = createRegistry([backbonePlugins]).create('backbone', 'resnet-18', {}, { inputShape, random })
  const images = random.normals(batch * 32 * 32 * 3)
  const targets = random.normals(batch * 512)
  return sgdStep(network.variables, 0.01, () => {
    const features = network.apply(tf.tensor4d(images, [batch, ...inputShape] as never), { training: true })
    return features
      .sub(tf.tensor2d(targets, [batch, 512]))
      .square()
      .mean()
  })
}
