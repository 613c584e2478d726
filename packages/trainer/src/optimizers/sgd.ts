import { defined, definePlugin, type NamedTensors, type Optimizer, parseOptions, tf } from '@dc/core'
import { z } from 'zod'

/** Settings of {@link sgd}. */
export interface SgdOptions {
  readonly momentum?: number
  readonly weightDecay?: number
  readonly nesterov?: boolean
}

/**
 * Stochastic gradient descent with momentum and weight decay, in PyTorch's convention:
 *
 * `g ← g + wd·p`, `v ← μ·v + g`, `p ← p − lr·v` (Nesterov: `p ← p − lr·(g + μ·v)`).
 *
 * @returns a pure optimiser: `init` makes the velocities, `update` returns new parameters and velocities
 * @throws OptionError for a momentum outside of [0, 1), a negative weight decay, an option that there is not; for `nesterov`
 * without momentum
 * @see Sutskever et al. 2013; torch.optim.SGD
 * @example
 * const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
 * const state = optimizer.init({ w })
 * const next = optimizer.update({ w: gradient }, state, { w }, tf.scalar(0.04))
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { momentum, weightDecay, nesterov } = parseOptions(
    sgdPlugin.options,
    { momentum: 0, ...defined(options) },
    'sgd',
  )
  const updateOne = (gradient: tf.Tensor, velocity: tf.Tensor | undefined, p: tf.Tensor, rate: tf.Scalar) => {
    const g = weightDecay > 0 ? gradient.add(p.mul(weightDecay)) : gradient
    const v = velocity ? velocity.mul(momentum).add(g) : g
    const direction = nesterov ? g.add(v.mul(momentum)) : v
    return { parameter: p.sub(direction.mul(rate)), velocity: v }
  }
  return {
    init(parameters) {
      const state: NamedTensors = {}
      if (momentum > 0) for (const [name, p] of Object.entries(parameters)) state[name] = tf.zerosLike(p)
      return state
    },
    update: (gradients, state, parameters, learningRate) =>
      tf.tidy(() => {
        const next = { parameters: {} as NamedTensors, state: {} as NamedTensors }
        for (const [name, p] of Object.entries(parameters)) {
          const { parameter, velocity } = updateOne(gradients[name], state[name], p, learningRate)
          next.parameters[name] = parameter
          if (state[name]) next.state[name] = velocity
        }
        return next
      }),
  }
}

export const sgdPlugin = definePlugin({
  kind: 'optimizer',
  name: 'sgd',
  apiVersion: 1,
  description: 'Stochastic gradient descent with momentum and weight decay (PyTorch convention)',
  options: z
    .strictObject({
      momentum: z.number().min(0).lt(1).default(0.9),
      weightDecay: z.number().nonnegative().default(0),
      nesterov: z.boolean().default(false),
    })
    .refine(({ nesterov, momentum }) => !nesterov || momentum > 0, {
      path: ['nesterov'],
      message: 'true only with momentum > 0',
    }),
  create: (options) => sgd(options),
})
