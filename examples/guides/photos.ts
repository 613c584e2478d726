import { plugins } from '@dc/encoder-efficientnet-lite0'
import { assemble, fit } from '@dc/pipelines'

const registry = assemble([plugins])
const found = await fit('photos', { method: 'consensus', k: 3, encoder: 'efficientnet-lite0', registry })
console.log(`${found.labels.length} photos in ${found.k} clusters`)
// New pictures go through the same encoder.
const [first] = await found.predict('photos')
console.log(`a photo goes where it was: ${first === found.labels[0]}`)
