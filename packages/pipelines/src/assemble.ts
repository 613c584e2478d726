import {
  type CreateContext,
  type Loss,
  OptionError,
  type PluginKind,
  type PluginProducts,
  type PluginReference,
  parseOptions,
  pluginReference,
  type Registry,
} from '@dc/core'
import { z } from 'zod'

/**
 * Option schema of a part of this kind that is chosen by name: `'mlp'`, or `{ name: 'mlp', options: { widths: [256] } }`.
 */
export const part = (kind: PluginKind, initial: PluginReference) =>
  z
    .union([z.string(), z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).optional() })])
    .default(initial)
    .meta({ kind })

/**
 * Checks the options of a pipeline and of its parts by their schemas; nothing is made.
 *
 * @throws UnknownPluginError, OptionError
 */
export function checkPipeline(name: string, given: object, registry: Registry): void {
  const { options: schema } = registry.get('pipeline', name)
  const options = parseOptions(schema, given, `pipeline.${name}`) as Record<string, PluginReference>
  if (!(schema instanceof z.ZodObject)) return
  for (const [place, own] of Object.entries<z.ZodType>(schema.shape)) {
    const kind = own.meta()?.kind as PluginKind | undefined
    if (kind === undefined) continue
    const chosen = pluginReference(options[place], `options.${place}`)
    parseOptions(registry.get(kind, chosen.name).options, chosen.options, `${kind}.${chosen.name}`)
  }
}

/** Makes the parts of a pipeline by name. */
export interface Assembler {
  /** The shape of the samples. */
  readonly inputShape: readonly number[]
  /**
   * @param inputShape what the part is fed; by default the samples
   * @throws UnknownPluginError, OptionError as `Registry.make`
   */
  create<Kind extends PluginKind>(
    kind: Kind,
    reference: PluginReference,
    inputShape?: readonly number[],
  ): PluginProducts[Kind]
  /**
   * Makes the loss of a pipeline, which says what it gives it.
   *
   * @throws UnknownPluginError, OptionError as `Registry.make`
   * @example
   * const { createLoss } = assembler({ ...context, create: registry.make })
   * const loss = createLoss<SwappedInputs>('swapped-cross-entropy')
   * loss.elements({ scores: [scores, scores], targets: [targets, targets] })
   */
  createLoss<Inputs>(reference: PluginReference): Loss<Inputs>
}

/**
 * What a pipeline is assembled with: each part gets its own random stream, named after its place, so that adding one
 * does not change the initial weights of the others.
 *
 * @throws OptionError if the pipeline is not made by a registry, with an input shape and a seeded stream
 */
export function assembler({ create, random, inputShape }: CreateContext): Assembler {
  if (!create || !random || !inputShape)
    throw new OptionError(
      'pipeline context',
      Object.keys({ create, random, inputShape }),
      'create, random and inputShape',
    )
  const made = new Map<string, number>()
  const createPart: Assembler['create'] = (kind, reference, shape = inputShape) => {
    const { name, options } = pluginReference(reference, kind)
    const place = `${kind} ${made.get(kind) ?? 0}`
    made.set(kind, (made.get(kind) ?? 0) + 1)
    return create(kind, name, options, { create, random: random.split(place), inputShape: shape })
  }
  const createLoss = <Inputs>(reference: PluginReference) => createPart('loss', reference) as Loss<Inputs>
  return { inputShape, create: createPart, createLoss }
}
