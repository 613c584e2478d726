import { definePlugin, type NamedTensors, type Optimizer, parseOptions, tf } from '@dc/core'
import { z } from 'zod'

/** Settings of {@link adam}. */
export interface AdamOptions {
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
  readonly weightDecay?: number
  /** AdamW: the decay shrinks the weights directly and is no part of the moments. */
  readonly decoupled?: boolean
}

const count = 'steps taken'
const first = (name: string) => `${name} sum of gradients`
const second = (name: string) => `${name} sum of squares`

/**
 * Adam, and AdamW with `decoupled`, in PyTorch's convention:
 *
 * `m ← β₁m + (1−β₁)g`, `v ← β₂v + (1−β₂)g²`, `p ← p − lr · m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)`;
 * weight decay adds `wd·p` to g; decoupled decay first scales p by `1 − lr·wd`. The state holds the decaying sums `m/(1−β₁)`
 * and `v/(1−β₂)`: their factors go into two numbers per step, which saves two passes over every weight.
 *
 * @throws OptionError for β outside of [0, 1), ε ≤ 0, a negative weight decay, an option that there is not
 * @see Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2
 * @example
 * const optimizer = adam({ weightDecay: 1e-2, decoupled: true })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { decoupled = false, ...others } = options
  const { beta1, beta2, epsilon, weightDecay } = parseOptions(adamPlugin.options, others, 'adam')
  return {
    init(parameters) {
      const state: NamedTensors = { [count]: tf.scalar(0) }
      for (const [name, p] of Object.entries(parameters)) {
        state[first(name)] = tf.zerosLike(p)
        state[second(name)] = tf.zerosLike(p)
      }
      return state
    },
    update: (gradients, state, parameters, learningRate) =>
      tf.tidy(() => {
        const steps = state[count].add(1)
        // βᵗ as a tensor, so that the step count never changes the traced graph.
        const scaleOf = (beta: number) => tf.div(1 - beta, tf.sub(1, tf.exp(steps.mul(Math.log(beta)))))
        const root = scaleOf(beta2).sqrt()
        const rate = learningRate.mul(scaleOf(beta1)).div(root)
        const least = tf.div(epsilon, root)
        const next = { parameters: {} as NamedTensors, state: { [count]: steps } as NamedTensors }
        for (const [name, old] of Object.entries(parameters)) {
          const decay = weightDecay > 0
          const p = decay && decoupled ? old.mul(tf.sub(1, learningRate.mul(weightDecay))) : old
          const g = decay && !decoupled ? gradients[name].add(p.mul(weightDecay)) : gradients[name]
          const m = state[first(name)].mul(beta1).add(g)
          const v = state[second(name)].mul(beta2).add(g.square())
          next.parameters[name] = p.sub(m.div(v.sqrt().add(least)).mul(rate))
          next.state[first(name)] = m
          next.state[second(name)] = v
        }
        return next
      }),
  }
}

const beta = (initial: number) => z.number().min(0).lt(1).default(initial)
const shared = { beta1: beta(0.9), beta2: beta(0.999), epsilon: z.number().positive().default(1e-8) }

export const adamPlugin = definePlugin({
  kind: 'optimizer',
  name: 'adam',
  apiVersion: 1,
  description: 'Adam; weight decay as an L2 penalty (PyTorch convention)',
  options: z.strictObject({ ...shared, weightDecay: z.number().nonnegative().default(0) }),
  create: (options) => adam(options),
})

export const adamWPlugin = definePlugin({
  kind: 'optimizer',
  name: 'adamw',
  apiVersion: 1,
  description: 'Adam with decoupled weight decay (PyTorch convention)',
  options: z.strictObject({ ...shared, weightDecay: z.number().nonnegative().default(0.01) }),
  create: (options) => adam({ ...options, decoupled: true }),
})
