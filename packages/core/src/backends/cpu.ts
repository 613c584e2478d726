import { z } from 'zod'
import { definePlugin } from '../define-plugin'
import type { Backend } from '../kinds'
import { importPeer } from '../peer'
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
      await tf.setBackend('cpu')
    },
    describe: () => 'tfjs in plain JavaScript, one thread',
  }),
})

async function load(): Promise<void> {
  // On import, tfjs advises to install tfjs-node; our users were already told what runs and why.
  const warn = console.warn
  console.warn = () => {}
  try {
    await importPeer('@tensorflow/tfjs-backend-cpu', () => import('@tensorflow/tfjs-backend-cpu'), "backend 'cpu'")
    if (tf.findBackend('cpu') === null) throw new Error('tfjs did not register its cpu backend')
    // The advice is printed at the backend's first write.
    const had = tf.getBackend()
    await tf.setBackend('cpu')
    tf.scalar(0).dispose()
    if (had && had !== 'cpu') await tf.setBackend(had)
  } finally {
    console.warn = warn
  }
}
