import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { importPeer, rethrow } from '../peer'
import { tf } from '../tf'
import { availableIf } from './available'
import { transposeBeforeProducts } from './wasm-products'

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
      await load()
      if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not start its wasm backend')
      transposeBeforeProducts()
    },
    describe: () => "tfjs's WebAssembly kernels, one thread",
  }),
})

const load = () =>
  importPeer(
    '@tensorflow/tfjs-backend-wasm',
    () => import('@tensorflow/tfjs-backend-wasm').catch(rethrow),
    "backend 'wasm'",
  )
