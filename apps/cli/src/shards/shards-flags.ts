/** What `dclust shards` was given. */
export interface ShardsFlags {
  out: string
  k?: number
  components?: number
  centroids?: string
  neighbours?: string
  normalize: boolean
  seed: number
  starts: number
  rounds: number
  method: 'balanced' | 'p2ot' | 'sp2ot'
  scores: 'cost' | 'log-probability' | 'probability'
  epsilon: number
  rho?: number
  gamma?: number
  weight?: number
  queue?: string
  jobs: number
  json?: boolean
}
