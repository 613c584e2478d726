import { createRandom, detach, tf } from '@dc/core'
import { sinkhornRounds } from '@dc/ot-sinkhorn/tensor'
import { gradients, sgd } from '@dc/trainer'

const sizes = { batch: 32, input: 24, hidden: 48, embedding: 16, clusters: 5 }

/**
 * A few steps of BootSC's assignment loss on a small MLP with batch normalisation: two views, optimal-transport targets
 * swapped, forward, backward, SGD with momentum and decay. Everything is seeded, so that backends can be compared.
 *
 * @returns the loss at each step
 */
export async function trainSteps(steps: number): Promise<number[]> {
  const random = createRandom(7)
  const normals = (rows: number, columns: number) =>
    tf.tensor2d(random.normals(rows * columns, 0, 1 / Math.sqrt(rows)), [rows, columns])
  const weights = {
    first: tf.variable(normals(sizes.input, sizes.hidden)),
    second: tf.variable(normals(sizes.hidden, sizes.embedding)),
    prototypes: tf.variable(normals(sizes.embedding, sizes.clusters)),
  }
  const views = [0, 1].map(() => normals(sizes.batch, sizes.input))
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 })
  let state = optimizer.init(weights)
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    const { loss, next } = tf.tidy(() => {
      const traced = gradients(() => ({ loss: swappedLoss(views.map((x) => scores(x, weights))), logs: {} }), weights)
      const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(0.1))
      for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name] as tf.Tensor2D)
      return { loss: traced.loss, next: updated.state }
    })
    tf.dispose(state)
    state = next
    losses.push((await loss.data())[0])
    loss.dispose()
  }
  tf.dispose([state, views])
  tf.dispose(weights)
  return losses
}

type Weights = Record<'first' | 'second' | 'prototypes', tf.Variable>

function scores(x: tf.Tensor2D, { first, second, prototypes }: Weights): tf.Tensor2D {
  const hidden = tf.relu(normalizeColumns(tf.matMul(x, first as tf.Variable<tf.Rank.R2>)))
  const embedding = normalizeColumns(tf.matMul(hidden, second as tf.Variable<tf.Rank.R2>))
  const unit = embedding.div(embedding.square().sum(1, true).sqrt()) as tf.Tensor2D
  return tf.matMul(unit, prototypes as tf.Variable<tf.Rank.R2>)
}

/** Batch normalisation without scale and shift. */
function normalizeColumns(x: tf.Tensor2D): tf.Tensor2D {
  const { mean, variance } = tf.moments(x, 0, true)
  return x.sub(mean).div(variance.add(1e-5).sqrt())
}

/** `½[CE(Q(s₁), s₀; τ) + CE(Q(s₀), s₁; τ)]`, no gradient through the targets Q. */
function swappedLoss([s0, s1]: tf.Tensor2D[]): tf.Scalar {
  const targets = (s: tf.Tensor2D) => detach(s, (q) => sinkhornRounds(q, { epsilon: 0.05, rounds: 3 }))
  const crossEntropy = (target: tf.Tensor, s: tf.Tensor2D) =>
    target
      .mul(tf.logSoftmax(s.div(0.05)))
      .sum(1)
      .mean()
      .neg()
  return crossEntropy(targets(s1), s0)
    .add(crossEntropy(targets(s0), s1))
    .mul(0.5)
    .asScalar()
}
