import { fit, load } from '@dc/pipelines'

// Rows are nested arrays, { values, shape }, a data set, or the path of a file.
const rows = Array.from({ length: 90 }, (_, i) => [(i % 3) * 5 + Math.sin(i), (i % 3) * 3 + Math.cos(7 * i)])
const found = await fit(rows, { method: 'kmeans', k: 3, seed: 0 })
console.log(`clusters ${found.k}, rows ${found.labels.length}`)
await found.save('three.dclust')

// In another process, without any configuration.
const again = await load('three.dclust')
const [one, other] = await again.predict([
  [0.2, 0.4],
  [10.1, 6.2],
])
console.log(`two new rows are ${one === other ? 'in one cluster' : 'in two clusters'}`)
