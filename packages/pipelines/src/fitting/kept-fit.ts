import type { Registry } from '@dc/core'
import type { Correcting } from '../corrections/correcting'
import { correctedLabels } from '../corrections/finish'
import { keptModel } from '../corrections/keep-model'
import { type ClusterModel, clusterModel } from '../model/cluster-model'
import { decodeModel } from '../model/model-file'
import { heldPlaces } from '../places'
import { certainty } from './certainty'
import type { Fitted } from './fitted'

/** A model whose clusters were merged and named: nothing is fitted. */
export async function keptFit(
  init: ClusterModel,
  { plan, before, guide, dataset }: Correcting,
  registry: Registry,
): Promise<Fitted> {
  const data = keptModel(await decodeModel(await init.toBytes(), 'init'), plan)
  const labels = before.labels.map((label) => plan.final[label])
  const { embedding } = await init.infer(dataset)
  return Object.freeze({
    ...clusterModel(data, registry),
    labels,
    certainty: await certainty(heldPlaces(Float32Array.from(embedding.values), embedding.columns), labels, plan.k),
    corrections: correctedLabels(plan, guide, before.labels).held,
    history: [],
    notes: [],
  })
}
