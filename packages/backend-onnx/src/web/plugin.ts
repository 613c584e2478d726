import { type Availability, type Backend, defined, definePlugin } from '@dc/core'
import { z } from 'zod'
import { activate } from '../activate'
import { provideCpuModule } from '../kernels/cpu-fallback'
import { counted, loadWebRuntime, threadsOfRuntime } from './load-runtime'

/** TensorFlow.js on ONNX Runtime in a page, or anywhere that WebAssembly is: whole steps compiled once. */
export const onnxWeb = definePlugin({
  kind: 'backend',
  name: 'onnx-web',
  apiVersion: 1,
  description: 'ONNX Runtime in a page, as WebAssembly: whole training steps recorded and compiled once',
  options: z.strictObject({
    wasm: z
      .string()
      .optional()
      .describe("address of onnxruntime-web's ort-wasm-simd-threaded.wasm; default: beside its JavaScript"),
    threads: z
      .int()
      .min(1)
      .optional()
      .describe('threads of all sessions; default 1, more than 1 need an isolated page'),
    graphs: z.int().min(1).optional().describe('compiled graphs kept for reuse; default 128'),
  }),
  create({ wasm, threads, graphs }): Backend {
    const load = () => loadWebRuntime(defined({ threads, wasm }))
    return {
      name: 'onnx-web',
      async available(): Promise<Availability> {
        try {
          await load()
          return { ok: true }
        } catch (error) {
          return { ok: false, reason: (error as Error).message.split('\n')[0] }
        }
      },
      async activate() {
        await load()
        provideCpuModule(await import('@tensorflow/tfjs-backend-cpu'))
        await activate('onnx-web', { ...(graphs !== undefined && { graphs }) })
      },
      describe: () => `ONNX Runtime in WebAssembly, ${counted(threadsOfRuntime(threads))}`,
    }
  },
})
