import { createRandom, InterruptedError } from '@dc/core'
import { kmeans, matrix } from '@dc/spectral'
import { describe, expect, it } from 'vitest'
import { interruptibleKMeans } from './interruptible-kmeans'

const points = matrix(createRandom(0).normals(400 * 5), 400, 5)
const options = { k: 7, random: createRandom(1), nInit: 4 }

describe('interruptibleKMeans', () => {
  it('finds what k-means finds, wherever it stops to listen', async () => {
    const { predict: _, ...expected } = kmeans(points, options)
    for (const stretch of [0, 1e9]) {
      const { predict, ...found } = await interruptibleKMeans(points, options, undefined, stretch)
      expect(found).toEqual(expected)
      expect(predict(points)).toEqual(expected.labels)
    }
  })

  it('ends when an event aborts the signal', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 0)
    const endless = { ...options, nInit: 1e6 }
    await expect(interruptibleKMeans(points, endless, abort.signal, 5)).rejects.toThrow(InterruptedError)
  })
})
