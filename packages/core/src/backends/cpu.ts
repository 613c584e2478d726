import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { importPeer, rethrow } from '../peer'
import { tf } from '../tf'
import { availableIf } from './available'

/** tfjs's plain JavaScript backend: everywhere, slow. The last resort. */
export const cpu = definePlugin({
  kind: 'backend',
  name: 'cpu',
  apiVersion: 1,
  description: "tfjs's plain JavaScript backend: runs everywhere, slow",
  options: z.object({}),
  create: (): Backend => ({
    name: 'cpu',
    available: () => availableIf(load),
    async activate() {
      await load()
      if (!(await tf.setBackend('cpu'))) throw new Error('tfjs could not start its cpu backend')
    },
    describe: () => 'tfjs in plain JavaScript, one thread',
  }),
})

async function load(): Promise<void> {
  const load = () => import('@tensorflow/tfjs-backend-cpu').catch(rethrow)
  await importPeer('@tensorflow/tfjs-backend-cpu', load, "backend 'cpu'")
  const backend = tf.findBackend('cpu')
  if (backend === null) throw new Error('tfjs did not register its cpu backend')
  // At its first write this backend prints advice to install tfjs-node. `initBackend` has already said what runs and why.
  Object.assign(backend, { firstUse: false })
}
