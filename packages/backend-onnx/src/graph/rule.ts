import type { Node, Value } from './value'

/** What a rule may ask about the graph. */
export interface Surroundings {
  /** Whether the value is read exactly once and is no output, so that whoever reads it may absorb it. */
  isPrivate(value: Value): boolean
  /** The number that the value is known to be, wherever it is a constant of the model; else null. */
  numberOf(value: Value): number | null
  /** Channels that lie together in the images of the provider's blocked kernels; null if it has none. */
  channelBlock(): number | null
}

/** Gives an equal value that is cheaper, or null. It is shown each node after its inputs have been rewritten. */
export type Rule = (node: Node, graph: Surroundings) => Value | null
