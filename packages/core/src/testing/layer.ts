import type { Layer } from '../kinds'
import { tf } from '../tf'
import { check, checkClose, checkFinite, checkShape, type TestApi, valuesOf, waves } from './check'
import { expectNoLeaks } from './leaks'

/**
 * What every backbone and head must do: shapes as told, gradients that reach every trainable weight, inference that
 * treats each row by itself and changes no weight, no leaks.
 *
 * @param make a fresh layer with the same weights each time
 * @example
 * testLayer({ describe, it }, 'mlp', () => mlp({ inputShape: [4], widths: [8], random: createRandom(0) }))
 */
export function testLayer(api: TestApi, name: string, make: () => Layer): void {
  const rows = 6
  const input = (layer: Layer, n = rows) =>
    tf.tensor(waves(n * size(layer.inputShape)), [n, ...layer.inputShape]) as tf.Tensor
  const withLayer = async (body: (layer: Layer) => void | Promise<void>) => {
    const layer = make()
    try {
      await body(layer)
    } finally {
      tf.dispose(layer.variables)
    }
  }
  api.describe(`layer ${name}`, () => {
    api.it('maps [n, ...inputShape] to [n, ...outputShape] without leaks', () =>
      withLayer(async (layer) => {
        const x = input(layer)
        for (const training of [true, false]) {
          const y = await expectNoLeaks(() => layer.apply(x, { training }))
          checkShape(y.shape, [rows, ...layer.outputShape], training ? 'training output' : 'inference output')
          checkFinite(await valuesOf(y), 'output')
        }
        x.dispose()
      }),
    )
    api.it('inference treats each row by itself and changes no variable', () =>
      withLayer(async (layer) => {
        const x = input(layer)
        const before = await snapshot(layer)
        const all = await valuesOf(layer.apply(x, { training: false }))
        const first = tf.slice(x, 0, 1)
        const alone = await valuesOf(layer.apply(first, { training: false }))
        checkClose(alone, all.slice(0, alone.length), 1e-4, 'the first row alone')
        const after = await snapshot(layer)
        for (const key of Object.keys(before)) checkClose(after[key], before[key], 0, `variable ${key}`)
        tf.dispose([x, first])
      }),
    )
    api.it('a gradient reaches every trainable variable', () =>
      withLayer(async (layer) => {
        const trainable = Object.entries(layer.variables).filter(([, v]) => v.trainable)
        if (trainable.length === 0) return
        const x = input(layer)
        const weights = tf.tensor(waves(rows * size(layer.outputShape), 3), [rows, ...layer.outputShape])
        const { value, grads } = tf.variableGrads(
          () => layer.apply(x, { training: true }).square().mul(weights).sum().asScalar(),
          trainable.map(([, v]) => v),
        )
        for (const [key, variable] of trainable) {
          const gradient = grads[variable.name]
          check(gradient !== undefined, `no gradient for ${key}`)
          const values = await gradient.data()
          checkFinite(values, `gradient of ${key}`)
          check(
            values.some((v) => v !== 0),
            `the gradient of ${key} is zero everywhere`,
          )
        }
        tf.dispose([x, weights, value])
        tf.dispose(grads)
      }),
    )
  })
}

async function snapshot(layer: Layer): Promise<Record<string, ArrayLike<number>>> {
  const out: Record<string, ArrayLike<number>> = {}
  for (const [key, variable] of Object.entries(layer.variables)) out[key] = await variable.data()
  return out
}

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
