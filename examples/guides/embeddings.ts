import { fit } from '@dc/pipelines'

// #region consensus
const found = await fit('embeddings.npy', { method: 'consensus', k: 3, seed: 0 })
console.log(`${found.k} clusters without a training`)
// #endregion

// #region certainty
const surest = [...found.certainty.keys()].sort((a, b) => found.certainty[b] - found.certainty[a])
console.log(`the surest row is ${surest[0]}, of ${found.labels.length}`)
// #endregion

// #region trained
const trained = await fit('embeddings.npy', { method: 'bootsc', k: 3, training: { epochs: 2 } })
console.log(`bootsc: ${new Set(trained.labels).size} clusters`)
// #endregion
