import type { tf } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { filled, type Storage, stored, type Value } from '../graph/value'
import { add, multiply, scalar, subtract, unary } from '../ops/elementwise'
import { matMul } from '../ops/matmul'
import { sum } from '../ops/reduce'
import type { HostCall } from '../recording'
import { describePlan } from './describe-plan'
import { planStep, type StepPlan } from './step-plan'
import type { TracedStep } from './traced-step'

const array = (...shape: number[]): Value => stored('float32', shape, new Float32Array(0))
const number = (value: number) => scalar('float32', value)
const variable = (name: string) => ({ name }) as tf.Variable

/** A step on arrays that stand for its arguments and variables. */
function traced(
  inputs: Value[],
  variables: Record<string, Value>,
  results: Record<string, Value>,
  assigned: Record<string, Value> = {},
  hostCalls: HostCall[] = [],
): TracedStep {
  const named = Object.fromEntries(Object.keys(variables).map((name) => [name, variable(name)]))
  return {
    inputs: inputs.map(({ shape, storage }) => ({ shape, dtype: 'float32', storage: storage! })),
    variables: new Map(Object.entries(variables).map(([name, { storage }]) => [storage as Storage, named[name]])),
    results: Object.values(results),
    form: Object.keys(results),
    assignments: Object.entries(assigned).map(([name, value]) => ({ variable: named[name], value })),
    hostCalls,
    captured: [],
  }
}

const ops = ({ stages }: StepPlan) =>
  stages.map(({ graph }) => graph.nodes.map(({ op }) => op).filter((op) => op !== 'Identity'))

describe('planStep', () => {
  /** Least squares with momentum. */
  function training() {
    const [x, rate, w, v] = [array(8, 3), array(), array(3, 2), array(3, 2)]
    const error = matMul(x, w)
    const gradient = matMul(x, error, { a: true })
    const velocity = add(multiply(v, number(0.9)), gradient)
    const next = subtract(w, multiply(velocity, rate))
    return traced([x, rate], { w, v }, { loss: sum(error, [0, 1]) }, { w: next, v: velocity })
  }

  it('takes updates out of the graph, and says where everything comes from', () => {
    expect(describePlan(planStep(training())).split('\n')).toEqual([
      'input 0: float32[8, 3]',
      'input 1: float32[]',
      'graph 1 of 1: 3 operators (2 Gemm, ReduceSum)',
      "  reads input 0 float32[8, 3], variable 'w' float32[3, 2]",
      '  gives output 0 float32[], output 1 float32[3, 2]',
      'update 1: Mul Add Mul Sub on 6 elements',
      "  reads variable 'v', output 1, variable 'w', the number 0.9, input 1",
      "  writes result 0 over variable 'v', result 1 over variable 'w'",
      'result loss: output 0',
      "variable 'w': update 1, result 1",
      "variable 'v': update 1, result 0",
    ])
  })

  it('leaves them in it if told to', () => {
    const { updates, stages, assignments, results } = planStep(training(), { updatesApart: false })
    expect(updates).toEqual([])
    expect(stages[0].graph.outputs).toHaveLength(3)
    expect([...results, ...assignments].map(({ origin }) => origin)).toEqual([
      { output: 0 },
      { output: 1 },
      { output: 2 },
    ])
  })

  it('leaves a graph something to give', () => {
    const w = array(4)
    const next = add(multiply(w, number(0.5)), number(1))
    const plan = planStep(traced([], { w }, { w: next }))
    expect([plan.updates.length, ops(plan)]).toEqual([0, [['Mul', 'Add']]])
  })

  it('gives every result an array of its own, though they be one value', () => {
    const x = array(4)
    const y = unary('Exp', x)
    const plan = planStep(traced([x], { a: array(4), b: array(4) }, { y, same: y, x }, { a: y, b: y }))
    const origins = [...plan.results, ...plan.assignments].map(({ origin }) => origin)
    expect(origins).toEqual([0, 1, 2, 3, 4].map((output) => ({ output })))
    expect(plan.stages[0].graph.outputs).toHaveLength(5)
  })

  it('cuts where the host computes, and hands on what both sides need', () => {
    const [x, w, around] = [array(8, 3), array(3, 2), array(2)]
    const scores = add(matMul(x, w), around)
    const targets = array(8, 2)
    const compute = (values: Float32Array) => values
    const loss = sum(multiply(scores, targets), [0, 1])
    const plan = planStep(traced([x], { w }, { loss }, {}, [{ input: scores, output: targets, compute }]))
    expect(ops(plan)).toEqual([
      ['Gemm', 'Add'],
      ['Mul', 'ReduceSum'],
    ])
    const [first, last] = plan.stages
    expect(first.sources).toEqual([{ argument: 0 }, { variable: { name: 'w' } }, { captured: around.storage }])
    expect([first.fills, first.calls]).toEqual([[0], [{ from: 0, to: 1, compute }]])
    expect([last.sources, last.fills, last.calls]).toEqual([[{ slot: 0 }, { slot: 1 }], [], []])
    expect(describePlan(plan)).toContain('host: slot 0 → slot 1\ngraph 2 of 2: 2 operators (Mul, ReduceSum)')
  })

  it('knows a reshaped argument, and numbers that are always the same', () => {
    const [x, w] = [array(2, 3), array(6)]
    const next = add(multiply(w, number(0.5)), x.withShape([6]))
    const plan = planStep(traced([x], { w }, { y: sum(x, [0]) }, { w: next }))
    expect(plan.updates).toMatchObject([
      { arrays: [{ variable: { name: 'w' } }, { argument: 0 }], numbers: [{ fill: 0.5 }] },
    ])
    expect(planStep(traced([], {}, { y: filled('float32', [3], 2) })).stages[0].sources).toEqual([])
  })
})
