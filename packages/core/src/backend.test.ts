import { describe, expect, it } from 'vitest'
import { initBackend } from './backend'
import { cpu, tensorflow, tensorflowGpu, wasm } from './backends'
import { BackendError, MissingPeerError, UnknownPluginError } from './errors'
import type { Backend } from './kinds'
import { importPeer } from './peer'
import { tf } from './tf'

const make = (plugin: { create(options: never, context: object): Backend }) => plugin.create({} as never, {})
const broken: Backend = {
  name: 'broken',
  available: async () => ({ ok: true }),
  activate: async () => {
    throw new Error('its engine does not start')
  },
}

describe('initBackend', () => {
  it('activates the first that works and keeps why the others were passed over', async () => {
    const choice = await initBackend([make(tensorflowGpu), make(tensorflow), broken, make(cpu), make(wasm)])
    expect(choice.name).toBe('cpu')
    expect(tf.getBackend()).toBe('cpu')
    expect(choice.attempts.map((a) => a.name)).toEqual(['tensorflow-gpu', 'tensorflow', 'broken', 'cpu'])
    expect(choice.attempts[0].reason).toContain('npm install @tensorflow/tfjs-node-gpu')
    expect(choice.explain()).toContain('broken: passed over, its engine does not start')
    expect(choice.explain()).toContain('cpu: used (tfjs in plain JavaScript, one thread)')
  })

  it('tries only what is preferred, and fails with what to install', async () => {
    expect((await initBackend([make(cpu), make(wasm)], { prefer: ['wasm'] })).name).toBe('wasm')
    const asked = initBackend([make(tensorflow), make(cpu)], { prefer: ['tensorflow'] })
    await expect(asked).rejects.toThrow(BackendError)
    await expect(asked).rejects.toThrow(
      /asked for \(tensorflow\) can run here[\s\S]*npm install @tensorflow\/tfjs-node/,
    )
    expect(tf.getBackend()).toBe('wasm')
  })

  it('lists the candidates when a name is unknown', async () => {
    const unknown = initBackend([make(cpu)], { prefer: ['cuda'] })
    await expect(unknown).rejects.toThrow(UnknownPluginError)
    await expect(unknown).rejects.toThrow("No backend named 'cuda' is registered. Registered: cpu.")
  })

  it('does not take a backend that computes wrong results', async () => {
    await make(cpu).activate()
    const wrong: Backend = {
      name: 'wrong',
      available: async () => ({ ok: true }),
      activate: async () => {
        tf.registerBackend('wrong', () => Object.create(tf.engine().findBackend('cpu')))
        const kernel = tf.getKernel('Add', 'cpu')
        for (const kernelName of ['Identity', 'Cast', 'Reshape'])
          if (!tf.getKernel(kernelName, 'wrong'))
            tf.registerKernel({ ...tf.getKernel(kernelName, 'cpu'), backendName: 'wrong' })
        tf.registerKernel({
          kernelName: 'BatchMatMul',
          backendName: 'wrong',
          kernelFunc: ({ inputs, backend }) =>
            kernel.kernelFunc({ inputs: { a: inputs.a, b: inputs.a }, backend, attrs: {} }),
        })
        await tf.setBackend('wrong')
      },
    }
    const choice = await initBackend([wrong, make(cpu)])
    expect(choice.name).toBe('cpu')
    expect(choice.attempts[0].reason).toContain('a test product gave 2 instead of 11')
    tf.removeBackend('wrong')
  })
})

describe('importPeer', () => {
  it('names the missing package and the command that installs it', async () => {
    const load = () => import('a-package-that-is-not-there' as string)
    const missing = importPeer('a-package-that-is-not-there', load, 'JPEG decoding')
    await expect(missing).rejects.toThrow(MissingPeerError)
    await expect(missing).rejects.toThrow(
      "JPEG decoding needs the optional package 'a-package-that-is-not-there', which is not installed. Install it: npm install a-package-that-is-not-there.",
    )
  })

  it('passes on what an installed peer throws while loading', async () => {
    const load = () => Promise.reject(new Error('wrong CPU'))
    await expect(importPeer('x', load, 'y')).rejects.toThrow('wrong CPU')
  })
})
