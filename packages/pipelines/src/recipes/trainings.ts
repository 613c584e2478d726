import type { TrainedRecipe } from './recipe'

/** Adam on whole batches: how every system but BootSC trains. */
export const adam = (
  epochs: number,
  batchSize: number,
  learningRate: TrainedRecipe['training']['learningRate'],
): TrainedRecipe['training'] => ({
  epochs,
  batchSize,
  dropLast: true,
  optimizer: 'adam',
  learningRate,
})

/** As in Zhang, Ren, He 2024 (P²OT, SP²OT): Adam 5e-4, cosine to a thousandth of it, 50 epochs of batches of 512. */
export const progressive = adam(50, 512, { name: 'cosine', options: { from: 5e-4, to: 5e-7 } })
