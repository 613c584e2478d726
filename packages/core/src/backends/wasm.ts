import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { importPeer, rethrow } from '../peer'
import { tf } from '../tf'
import { availableIf } from './available'
import { transposeBeforeProducts } from './wasm-products'

/** Of the module, which is one however many backends are made. */
let threads = 1

/** tfjs's WebAssembly backend: browser and Node, one thread in Node, no convolution-filter gradient. */
export const wasm = definePlugin({
  kind: 'backend',
  name: 'wasm',
  apiVersion: 1,
  description: "tfjs's WebAssembly backend: one thread in Node, no convolution-filter gradient",
  options: z.object({}),
  create: (): Backend => ({
    name: 'wasm',
    available: () => availableIf(load),
    async activate() {
      const { getThreadsCount } = await load()
      if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not start its wasm backend')
      threads = getThreadsCount()
      transposeBeforeProducts()
    },
    describe: () => `tfjs's WebAssembly kernels, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
  }),
})

const load = () =>
  importPeer(
    '@tensorflow/tfjs-backend-wasm',
    () => import('@tensorflow/tfjs-backend-wasm').catch(rethrow),
    "backend 'wasm'",
  )
