import type { NamedArrays } from '@dc/core'
import type { HostTensor } from '@dc/trainer'
import { z } from 'zod'
import { methodFields } from '../recipes/recipe'

const range = z.tuple([z.number(), z.number()])

/** What a model says of itself: enough to label new rows in another process, without any configuration. */
export const modelFacts = z.strictObject({
  /** The method with all values that it was fitted with. */
  method: z.strictObject({ preset: z.string(), ...methodFields }),
  /** Clusters. */
  k: z.int().min(1),
  /** Of the pipeline itself, which for a supervised one is the number of classes that it was trained on. */
  trainedK: z.int().min(1),
  /**
   * Set if a person has corrected the clusters: the reported cluster of each of the method's own (merged ones share one), and the names of
   * the reported ones.
   */
  clusters: z.strictObject({ of: z.array(z.int().min(0)), names: z.array(z.string().nullable()) }).optional(),
  seed: z.int().min(0),
  classical: z.boolean(),
  /** The rows that it takes. */
  input: z.strictObject({
    shape: z.array(z.int().min(1)),
    /** Names of the features, of a table that had a header. */
    columns: z.array(z.string()).optional(),
    /** How a row is drawn, of images. */
    image: z
      .strictObject({ height: z.int(), width: z.int(), channels: z.union([z.literal(1), z.literal(3)]), range })
      .optional(),
    /** Set if the rows were seen as `(value − offset) · scale`; the offsets are an array of the model. */
    scale: z.number().optional(),
    /** Whether columns were brought to mean 0 and deviation 1; means and deviations are arrays of the model. */
    standardized: z.boolean().default(false),
  }),
  /** Names of the true classes of the rows that it was fitted to, where these were known. */
  classNames: z.array(z.string()).optional(),
  /** Rows that it was fitted to. */
  rows: z.int().min(1),
  /** What whoever fitted it adds: how the rows were read, an encoder and its licence. */
  about: z.record(z.string(), z.unknown()).default({}),
  versions: z.record(z.string(), z.string()),
})
export type ModelFacts = z.output<typeof modelFacts>

/** A fitted method on the host. */
export interface ModelData {
  readonly facts: ModelFacts
  /** Variables of a pipeline that was trained. */
  readonly weights: Readonly<Record<string, HostTensor>>
  /** State of a classical method. */
  readonly state: NamedArrays
  /** What the label rule labels by. */
  readonly rule: NamedArrays
  /** Of the rows: `offset` where they were seen shifted; `mean` and `deviation` where they were standardised. */
  readonly input: NamedArrays
}
