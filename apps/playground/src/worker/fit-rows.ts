import { createRandom, type Dataset } from '@dc/core'
import { assemble, fit } from '@dc/pipelines'
import { planeLayout } from '@dc/spectral'
import { trainingBackend } from './backend'
import { liveMap } from './live-map'
import type { Outcome, Report, Task } from './messages'
import { withTimeLeft } from './progress'
import { pageRecipe } from './recipes'

/** Fits a method to the rows, tells how far it is, and at last what was found. */
export async function fitRows(
  dataset: Dataset,
  task: Task,
  { tell, stop }: { tell(report: Report, transfer?: Transferable[]): void; readonly stop: AbortSignal },
): Promise<void> {
  const begun = performance.now()
  const { method, k, seed, backend: wanted } = task
  const registry = assemble()
  const classical = registry.get('pipeline', method).traits?.classical === true
  let backend = 'JavaScript, float64'
  if (!classical) {
    tell({ tell: 'progress', phase: 'starting the backend' })
    const choice = await trainingBackend(wanted)
    backend = choice.description
    const passedOver = choice.attempts.filter(({ used }) => !used).map(({ name, reason }) => `${name}: ${reason}`)
    tell({ tell: 'backend', description: backend, passedOver })
  }
  const live = liveMap(dataset, seed, (frame) => tell({ tell: 'frame', frame }), stop)
  const recipe = pageRecipe(method, dataset)
  const found = await fit(dataset, {
    method,
    k,
    seed,
    registry,
    ...recipe.options,
    // So that the model says whose features it takes.
    ...(dataset.encoder && { encoder: { name: dataset.encoder.name, options: {} } }),
    onProgress: withTimeLeft(tell),
    callbacks: [live.callback],
    // What has no epochs has no labels before its end.
    ...(classical && { signal: stop }),
  })
  tell({ tell: 'progress', phase: 'drawing the map' })
  const { embedding } = await found.infer(dataset)
  const start = live.last()
  const layout = await planeLayout(embedding, {
    random: createRandom(seed).split('map'),
    ...(start && { start, epochs: 120 }),
  })
  const beside: Outcome['beside'] = method === 'kmeans' ? [] : await comparedWith(dataset, found.k, seed, tell)
  const model = Uint8Array.from(await found.toBytes())
  const epochSeconds = live.epochSeconds()
  const outcome: Outcome = {
    task,
    k: found.k,
    map: layout.map,
    mapMethod: layout.method,
    labels: found.labels,
    certainty: found.certainty,
    beside,
    notes: [...(recipe.note === undefined ? [] : [recipe.note]), ...found.notes],
    stopped: stop.aborted,
    seconds: (performance.now() - begun) / 1000,
    epochs: found.history.length,
    ...(epochSeconds !== null && { epochSeconds }),
    backend,
    model,
  }
  tell({ tell: 'done', outcome })
}

/** k-means of the rows as they are, which everything is compared with. */
async function comparedWith(dataset: Dataset, k: number, seed: number, tell: (report: Report) => void) {
  tell({ tell: 'progress', phase: 'k-means beside' })
  const { labels } = await fit(dataset, { method: 'kmeans', k, seed })
  return [{ name: 'k-means', labels }]
}
