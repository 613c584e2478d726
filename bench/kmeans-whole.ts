// Rounds of k-means with all rows in memory, for `benches/distributed.ts`: node kmeans-whole.ts FOLDER K ROUNDS
import { loadShards } from '@dc/data'
import { availableProducts, finishPartials, kmeansPartial, matrix, takeRows } from '@dc/spectral'
import { peakOf } from './peak-memory.ts'

const [folder, k, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const data = await loadShards(folder, { check: 'read', names: false })
const [width] = data.sampleShape
const values = new Float32Array(data.size * width)
for (const part of data.parts) values.set(await part.read(0, part.rows), part.start * width)
const points = matrix(values, data.size, width)
const products = await availableProducts()
let centroids = takeRows(
  points,
  Int32Array.from({ length: k }, (_, at) => at),
)
const times: number[] = []
let inertia = Number.NaN
for (let round = 0; round < rounds; round++) {
  const start = performance.now()
  const part = kmeansPartial(points, centroids, { products })
  ;({ centroids } = finishPartials(part, centroids))
  inertia = part.inertia
  times.push(performance.now() - start)
}
console.log(JSON.stringify({ ms: Math.min(...times), inertia, peakMb: peakOf(process.pid) }))
