import { describe, expect, it } from 'vitest'
import { BackendError } from '../errors'
import { failWhenLost, gpuFailure } from './gpu-failure'

describe('gpuFailure', () => {
  it.each([
    ['AbortError: Device was lost: VK_ERROR_DEVICE_LOST', /^The GPU was lost .* --backend onnx.*--resume/],
    ['The device is lost.', /^The GPU was lost/],
    ['mapAsync: WebGPU device lost', /^The GPU was lost/],
    [
      'CUDA failure 2: out of memory ; GPU=0',
      /^The GPU has too little free memory .* smaller batches \(--batch-size\)/,
    ],
    ['Failed to allocate memory for requested buffer of size 1073741824', /^The GPU has too little/],
    ['vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY', /^The GPU has too little/],
    ['OffscreenCanvas is not defined', /^A step reads a tensor at once/],
  ])('%s', (message, told) => {
    const cause = new Error(message)
    const found = gpuFailure(cause)
    expect(found?.message).toMatch(told)
    expect(found?.message).toContain(message)
    expect(BackendError.isInstance(found)).toBe(true)
    expect(found?.cause).toBe(cause)
  })

  it('leaves other errors alone', () => {
    for (const error of [
      new Error('a lost cause'),
      new Error('shapes differ'),
      new BackendError('device lost'),
      'device lost',
    ])
      expect(gpuFailure(error)).toBeNull()
  })
})

describe('failWhenLost', () => {
  it('ends reads that wait, and those that come after', async () => {
    let lose: (info: { message: string }) => void = () => {}
    const lost = new Promise<{ message: string }>((resolve) => {
      lose = resolve
    })
    const backend = {
      read: (id: string): Promise<unknown> => (id === 'ready' ? Promise.resolve(id) : new Promise(() => {})),
    }
    failWhenLost(backend, lost)
    expect(await backend.read('ready')).toBe('ready')
    const waiting = backend.read('waits')
    lose({ message: 'taken away' })
    await expect(waiting).rejects.toThrow('Device lost. taken away')
    await expect(backend.read('waits')).rejects.toThrow('Device lost')
  })
})
