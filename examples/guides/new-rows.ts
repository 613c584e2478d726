import { readFile } from 'node:fs/promises'
import { fit, load } from '@dc/pipelines'

const found = await fit('embeddings.npy', { method: 'spectral', k: 3 })
await found.save('model.dclust')

const model = await load('model.dclust')
const labels = await model.predict('more.npy')
const places = await model.embed('more.npy')
console.log(`${labels.length} new rows, each at a place of ${places.columns} numbers`)

// The rows that it was fitted to get exactly the labels of the fit.
const same = await model.predict('embeddings.npy')
console.log(`same labels: ${same.every((label, row) => label === found.labels[row])}`)

// A page has no paths: bytes will do.
const bytes = new Uint8Array(await readFile('model.dclust'))
console.log(`from bytes: ${(await load(bytes)).method}`)
