import { fit } from '@dc/pipelines'

// #region sp2ot
const soft = await fit('embeddings.npy', { method: 'sp2ot', k: 3, training: { epochs: 2 } })
console.log(`sp2ot: ${new Set(soft.labels).size} clusters, sizes soft`)
// #endregion

// #region otdc
const given = await fit('embeddings.npy', {
  method: 'otdc',
  k: 3,
  // In no order: it finds which cluster gets which.
  options: { sizes: [30, 20, 10] },
  training: { epochs: 2 },
})
console.log(`otdc: ${new Set(given.labels).size} clusters, sizes given`)
// #endregion
