import { linear, loadWeights, mlp, model, saveWeights } from '@dc/backbones'
import { cpu, createRandom, initBackend, tf } from '@dc/core'
import { softCrossEntropy } from '@dc/losses'
import { sgd } from '@dc/trainer'

await initBackend([cpu.create({}, {})])
const random = createRandom(0)

// nn.Sequential(nn.Linear(8, 16), …); weights begin as PyTorch's do
const encoder = mlp({ inputShape: [8], widths: [16], random })
const head = linear({ inputs: 16, outputs: 3, random })
const network = model({ encoder, head })

// network.train(), network.eval(): an argument of each call
const forward = (x: tf.Tensor, training: boolean) =>
  head.apply(encoder.apply(x, { training }), { training }) as tf.Tensor2D

// loss.backward(); optimizer.step()
const x = tf.tensor2d(random.normals(30 * 8), [30, 8])
const targets = tf.oneHot(
  Array.from({ length: 30 }, (_, row) => row % 3),
  3,
) as tf.Tensor2D
const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
// Running statistics of batch normalisation are variables, too.
const variables = Object.fromEntries(Object.entries(network.variables).filter(([, { trainable }]) => trainable))
let state = optimizer.init(variables)
const losses: number[] = []
for (let step = 0; step < 20; step++) {
  const { value, grads } = tf.variableGrads(
    () => softCrossEntropy({ targets, scores: forward(x, true) }).mean() as tf.Scalar,
  )
  const named = Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, grads[variable.name]]))
  const next = optimizer.update(named, state, variables, tf.scalar(0.1))
  for (const [name, variable] of Object.entries(variables)) variable.assign(next.parameters[name])
  state = next.state
  losses.push(value.dataSync()[0])
}
console.log(`the loss falls: ${losses.at(-1)! < losses[0]}`)

// torch.save, torch.load: safetensors, with PyTorch's names and layouts
await saveWeights(encoder, 'trained.safetensors')
loadWeights(encoder, 'trained.safetensors')
