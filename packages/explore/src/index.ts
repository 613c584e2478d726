export type { ClusterName, Column, Corrected, ExplorerData, Labeling, Pictures, Tile } from './data'
export { type Explored, explore } from './explore'
export { colour, explorerStyle } from './parts'
