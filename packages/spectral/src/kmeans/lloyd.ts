import type { Matrix } from '../matrix'
import {
  type Clusters,
  emptyClusters,
  movePoints,
  repairEmptyClusters,
  updateCentroids,
  weighClusters,
} from './clusters'
import type { Nearest } from './nearest'

/** Where one run of Lloyd's algorithm stands; with the same points it continues exactly. */
export interface LloydState extends Clusters {
  /** `[k, columns]`, float64. */
  readonly centroids: Float64Array
  readonly iteration: number
  readonly converged: boolean
}

export interface LloydSettings {
  /** The origin that the points of each cluster are counted from. */
  readonly origins: Matrix
  /** A round ends the run if the squared movements of all centroids sum to at most this. With 0 the labels must settle. */
  readonly shiftTolerance: number
  readonly weights?: Float64Array
  /** Scales centroids to length 1 after every round. */
  readonly spherical: boolean
}

export function startLloyd({ values, rows }: Matrix, points: Matrix): LloydState {
  return { ...emptyClusters(points, rows), centroids: Float64Array.from(values), iteration: 0, converged: false }
}

/** One round: assign every point, refill empty clusters, move the centroids (Lloyd 1982). Works in place. */
export function lloydRound(
  points: Matrix,
  nearest: Nearest,
  state: LloydState,
  settings: LloydSettings,
  found: Int32Array,
): LloydState {
  const { masses, centroids } = state
  const centres = { values: centroids, rows: masses.length, columns: points.columns }
  nearest.assign(centres, found)
  let changed = movePoints(state, points, settings.origins, found, settings.weights)
  weighClusters(state, settings.weights)
  changed += repairEmptyClusters(state, points, settings.origins, centres, settings.weights)
  const shift = updateCentroids(state, settings.origins, centroids, settings.spherical)
  return { ...state, iteration: state.iteration + 1, converged: changed === 0 || shift <= settings.shiftTolerance }
}
