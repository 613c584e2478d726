import type { Batch, Pipeline } from '../kinds'
import { createRandom } from '../random'
import { tf } from '../tf'
import { check, checkFinite, checkShape, type TestApi, valuesOf } from './check'

/**
 * What every pipeline must do: a finite differentiable loss and finite logs on a batch, embeddings and labels for
 * new rows, and no tensors left behind by a step.
 *
 * @param make a fresh pipeline, prepared if it needs that
 * @param batch a batch large enough for it
 */
export function testPipeline(api: TestApi, name: string, make: () => Pipeline | Promise<Pipeline>, batch: Batch): void {
  const n = batch.rows.length
  const progress = { step: 0, steps: 4, epoch: 0, epochs: 2 }
  api.describe(`pipeline ${name}`, () => {
    api.it('steps with a finite loss, gradients and logs, and leaves no tensors behind', async () => {
      const pipeline = await make()
      const trainable = Object.values(pipeline.model.variables).filter((v) => v.trainable)
      check(trainable.length > 0, 'nothing to train')
      const step = async (seed: number) => {
        const views = pipeline.views(batch, createRandom(seed))
        pipeline.model.constrain?.()
        let logs: Record<string, tf.Scalar> = {}
        const labels = batch.labels && tf.tensor1d(batch.labels, 'int32')
        const { value, grads } = tf.variableGrads(() => {
          const out = pipeline.step(views, { progress, rows: batch.rows, ...(labels && { labels }) })
          logs = out.logs
          for (const log of Object.values(logs)) tf.keep(log)
          return out.loss
        }, trainable)
        checkFinite(await value.data(), 'loss')
        for (const [key, log] of Object.entries(logs)) checkFinite(await log.data(), `log ${key}`)
        for (const gradient of Object.values(grads)) checkFinite(await gradient.data(), 'gradient')
        check(Object.keys(grads).length === trainable.length, 'a trainable variable got no gradient')
        tf.dispose([value, grads, logs])
        tf.dispose([...views, ...(labels ? [labels] : [])])
      }
      await step(0)
      await step(1)
      const before = tf.memory().numTensors
      for (let i = 2; i < 5; i++) await step(i)
      check(tf.memory().numTensors <= before, `${tf.memory().numTensors - before} tensors leaked in 3 steps`)
      pipeline.dispose?.()
    })
    api.it('embeds and labels new rows', async () => {
      const pipeline = await make()
      const x = tf.tensor(batch.values, [n, ...batch.sampleShape])
      const { embedding, labels } = pipeline.infer(x)
      check(embedding.shape[0] === n && embedding.shape.length === 2, `embedding has shape [${embedding.shape}]`)
      checkFinite(await valuesOf(embedding), 'embedding')
      checkShape(labels.shape, [n], 'labels')
      for (const label of await valuesOf(labels)) check(Number.isInteger(label) && label >= 0, `label ${label}`)
      const before = tf.memory().numTensors
      tf.dispose({ ...pipeline.infer(x) })
      check(tf.memory().numTensors === before, `${tf.memory().numTensors - before} tensors leaked by infer`)
      x.dispose()
      pipeline.dispose?.()
    })
  })
}
