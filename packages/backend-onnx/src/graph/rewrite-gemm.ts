import { type Attribute, FloatAttribute, float } from '../runtime/encode-model'
import type { Rule, Surroundings } from './rule'
import { type Node, node, sameShape, type Value } from './value'

/**
 * `A B + C` in one operator. Biases, sums of gradients over views, and weight decay `∇ + λ W` go into the product that they are
 * added to. A product has room for one addend. If that is a product itself, a second addend goes into it. A constant factor of a
 * product becomes its `alpha`. Transposes of its matrices become flags.
 */
export const fuseGemm: Rule = (candidate, graph) => {
  if (candidate.op === 'Gemm') return absorbTransposes(candidate)
  if (candidate.op === 'Mul') return absorbFactor(candidate, graph)
  if (candidate.op !== 'Add') return null
  const [a, b] = candidate.inputs as [Value, Value]
  const shape = candidate.outputs[0].shape
  // The younger product is the one that can wait for the other.
  const [first, second] = (a.node?.id ?? -1) > (b.node?.id ?? -1) ? [a, b] : [b, a]
  return addInto(first, second, shape, graph) ?? addInto(second, first, shape, graph)
}

/** The product with an addend put into its third input, or deeper; null if there is no room. */
function addInto(product: Value, addend: Value, shape: readonly number[], graph: Surroundings): Value | null {
  if (!isFreeGemm(product, graph) || !sameShape(product.shape, shape) || !broadcasts(addend, shape)) return null
  const { inputs, attributes } = product.node!
  const [x, y, c] = inputs
  if (!c) {
    // A beta without an addend has had no effect, so that it may be replaced.
    const { value, factor } = scaled(addend, graph)
    return node('Gemm', [x, y, value], product.type, shape, { ...attributes, beta: float(factor) })
  }
  // What is below is multiplied by this product's beta.
  const deeper = weightOf(attributes.beta) === 1 ? addInto(c, addend, shape, graph) : null
  return deeper && node('Gemm', [x, y, deeper], product.type, shape, attributes)
}

function isFreeGemm(value: Value, graph: Surroundings): boolean {
  return value.node?.op === 'Gemm' && graph.isPrivate(value)
}

/** Gemm broadcasts its addend to the product's shape, never the other way round. */
function broadcasts({ shape }: Value, target: readonly number[]): boolean {
  if (shape.length > target.length) return false
  const offset = target.length - shape.length
  return shape.every((size, i) => size === 1 || size === target[i + offset])
}

/** Takes a constant factor off an addend: it becomes the product's `beta`. */
function scaled(addend: Value, graph: Surroundings): { value: Value; factor: number } {
  const found = addend.node?.op === 'Mul' && graph.isPrivate(addend) ? withFactor(addend.node, graph) : null
  return found ?? { value: addend, factor: 1 }
}

/** `k (α A B + β C)`, k a constant. */
function absorbFactor(candidate: Node, graph: Surroundings): Value | null {
  const found = withFactor(candidate, graph)
  // An attribute has no more digits than float32.
  if (found?.value.type !== 'float32' || !isFreeGemm(found.value, graph)) return null
  const { inputs, attributes, outputs } = found.value.node!
  const times = (name: 'alpha' | 'beta') => float(found.factor * weightOf(attributes[name]))
  // Without an addend beta has no effect.
  const weights = { alpha: times('alpha'), beta: times('beta') }
  return node('Gemm', inputs, outputs[0].type, outputs[0].shape, { ...attributes, ...weights })
}

/** A product of a value and a constant number, which changes no shape; null if it is another. */
function withFactor({ inputs, outputs }: Node, graph: Surroundings): { value: Value; factor: number } | null {
  const [a, b] = inputs as [Value, Value]
  for (const [value, other] of [
    [a, b],
    [b, a],
  ]) {
    const factor = graph.numberOf(other)
    if (factor !== null && other.size === 1 && sameShape(value.shape, outputs[0].shape)) return { value, factor }
  }
  return null
}

function absorbTransposes(gemm: Node): Value | null {
  const [a, b, c] = gemm.inputs
  const [fromA, fromB] = [transposedMatrix(a), transposedMatrix(b)]
  if (!fromA && !fromB) return null
  const flag = (name: 'transA' | 'transB', flip: boolean) => (gemm.attributes[name] === 1) !== flip
  const attributes = {
    ...gemm.attributes,
    transA: flag('transA', fromA !== null) ? 1 : 0,
    transB: flag('transB', fromB !== null) ? 1 : 0,
  }
  const inputs = c ? [fromA ?? a, fromB ?? b, c] : [fromA ?? a, fromB ?? b]
  return node('Gemm', inputs, gemm.outputs[0].type, gemm.outputs[0].shape, attributes)
}

function transposedMatrix(value: Value | null): Value | null {
  const maker = value?.node
  return maker?.op === 'Transpose' && String(maker.attributes.perm) === '1,0' ? maker.inputs[0] : null
}

/** The weight that an attribute of a product gives to one of its terms; 1 if it has none. */
function weightOf(attribute: Attribute | undefined): number {
  return attribute instanceof FloatAttribute ? (attribute.value as number) : 1
}
