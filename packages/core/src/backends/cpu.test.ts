import { afterEach, expect, it, vi } from 'vitest'
import { tf } from '../tf'
import { cpu } from './cpu'
import { wasm } from './wasm'

afterEach(() => {
  vi.restoreAllMocks()
})

const backend = cpu.create({}, {})

it('is asked whether it can run without changing what runs, or what others print', async () => {
  const { warn } = console
  const told = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const selected = vi.spyOn(tf.engine(), 'setBackend')
  expect(tf.engine().backendName).toBeUndefined()
  const answer = backend.available()
  console.warn('of somebody else')
  expect(await answer).toEqual({ ok: true })
  expect(tf.engine().backendName).toBeUndefined()

  await wasm.create({}, {}).activate()
  expect(await backend.available()).toEqual({ ok: true })
  expect(tf.getBackend()).toBe('wasm')
  expect(selected.mock.calls).toEqual([['wasm']])
  expect(told.mock.calls).toEqual([['of somebody else']])
  told.mockRestore()
  expect(console.warn).toBe(warn)
})

it('runs without advice to install something else', async () => {
  const told = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await backend.activate()
  expect(tf.getBackend()).toBe('cpu')
  const x = tf.tensor1d([1, 2])
  expect([...x.mul(2).dataSync()]).toEqual([2, 4])
  x.dispose()
  expect(told).not.toHaveBeenCalled()
})
