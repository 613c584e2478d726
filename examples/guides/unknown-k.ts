import { fit } from '@dc/pipelines'

// #region auto
const found = await fit('embeddings.npy', { method: 'kmeans', k: 'auto' })
console.log(`chosen: ${found.k}, runner-up: ${found.kCurve?.runnerUp ?? 'none'}`)
// #endregion

// #region leiden
const communities = await fit('embeddings.npy', { method: 'leiden' })
console.log(`leiden found ${communities.k}`)
// #endregion
