// This import comes first. The copy of tfjs-core that loads first makes the one engine and its tensors, and only the whole of
// tfjs-core gives them all their methods.
import * as tf from '@tensorflow/tfjs-core'
// tfjs-core registers neither its gradients nor its chained ops (`x.add(y)`) in Node: these two lines do.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'
import './gradients'

export { tf }
