import { afterEach, expect, it, vi } from 'vitest'
import { bindingWith } from '../testing/fake-bindings'
import { channelBlock } from './channel-block'
import { type Binding, loadBinding } from './native'

const real = loadBinding()

afterEach(() => {
  vi.doUnmock('./native')
})

it('is what ONNX Runtime makes of four channels, or null', () => {
  expect([null, 8, 16]).toContain(channelBlock())
  // On the processors that most people have there are such kernels.
  if (process.arch === 'x64') expect(channelBlock()).not.toBeNull()
})

it.each<[string, (binding: Binding) => Binding]>([
  [
    'computes something else',
    (binding) =>
      bindingWith(binding, (session) => {
        let isBlocked = false
        return {
          refuses(model) {
            isBlocked = model.includes('ReorderOutput')
            return null
          },
          run(...given) {
            const results = session.run(...given)
            if (isBlocked) results.y.data[0] = -1
            return results
          },
        }
      }),
  ],
  [
    'has no such convolution',
    (binding) =>
      bindingWith(binding, () => ({ refuses: (model) => (model.includes('ReorderOutput') ? 'no schema' : null) })),
  ],
  [
    'has no such domain',
    (binding) =>
      bindingWith(binding, () => ({ refuses: (model) => (model.includes('ReorderInput') ? 'no domain' : null) })),
  ],
])('is null with an ONNX Runtime that %s', async (_, make) => {
  vi.resetModules()
  vi.doMock('./native', async (load) => ({ ...(await load<object>()), loadBinding: () => make(real) }))
  const fresh = await import('./channel-block')
  expect(fresh.channelBlock()).toBeNull()
})
