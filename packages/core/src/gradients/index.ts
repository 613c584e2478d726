// Gradients that tfjs-core lacks and our packages need. Importing `tf` from @dc/core registers them.
import * as tf from '@tensorflow/tfjs-core'
import { einsumGradient } from './einsum'
import { gatherNdGradient, scatterNdGradient } from './gather-nd'
import { topkGradient } from './topk'

for (const gradient of [einsumGradient, gatherNdGradient, scatterNdGradient, topkGradient])
  tf.registerGradient(gradient)
