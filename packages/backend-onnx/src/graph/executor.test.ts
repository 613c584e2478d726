import { BackendError } from '@dc/core/errors'
import { describe, expect, it } from 'vitest'
import { Executor } from './executor'
import { node, stored } from './value'

describe('Executor', () => {
  it('names operator and shapes of a model that cannot be loaded, and goes on', () => {
    const executor = new Executor({ threads: 1, spinning: false }, 4)
    const x = stored('float32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6))
    const bad = node('Nonsense', [x], 'float32', [2])
    const attempt = () => executor.run([bad])
    expect(attempt).toThrow(BackendError)
    expect(attempt).toThrow(/ONNX Runtime rejected a model[\s\S]*Nonsense\(float32\[2,3\]\) → float32\[2\]/)
    expect(executor.statistics.sessions).toBe(0)
    const good = node('Neg', [x], 'float32', [2, 3])
    executor.run([good])
    expect([...good.data!]).toEqual([-1, -2, -3, -4, -5, -6])
    expect([...x.data!]).toEqual([1, 2, 3, 4, 5, 6])
    executor.dispose()
  })
})
