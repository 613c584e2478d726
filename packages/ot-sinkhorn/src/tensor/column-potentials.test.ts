import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tf } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ColumnProblem, improvePotentials, planOfPotentials } from './column-potentials'
import { solveSmallSystem } from './small-system'

beforeAll(async () => {
  await tf.setBackend('cpu')
})
const oracle = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../../tests/fixtures/oracles/${name}.json`, import.meta.url)), 'utf8'),
  )

/** The largest difference of two rows, as a share of a row's mass 1 / n: the sum over its entries. */
function worstRow(found: ArrayLike<number>, expected: ArrayLike<number>, rows: number, scale: number): number {
  const columns = expected.length / rows
  let worst = 0
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += Math.abs(scale * (found[i * columns + j] - expected[i * columns + j]))
    worst = Math.max(worst, sum)
  }
  return worst
}

describe('improvePotentials', () => {
  it.each(['0.1', '0.5', '0.9', '1.0'])('finds the plan of P²OT at ρ = %s', (rho) => {
    const { cost, plan_times_n: expected, ...told } = oracle(`p2ot_rho${rho}`)
    const [n, k] = cost.shape
    const problem: ColumnProblem = {
      logKernel: tf
        .tensor2d(cost.data, [n, k])
        .div(-told.epsilon)
        .concat(tf.zeros([n, 1]), 1) as tf.Tensor2D,
      logRows: tf.fill([n, 1], -Math.log(n)),
      columnMass: tf.tensor2d([[...Array(k).fill(told.rho / k), 1 - told.rho]]),
      softness: told.epsilon / told.gamma,
      soft: tf.tensor2d([[...Array(k).fill(1), 0]]),
    }
    const { plan, error } = planOfPotentials(problem, improvePotentials(problem, tf.zeros([1, k + 1]), 50))
    const real = plan.slice([0, 0], [n, k]).mul(n).dataSync()
    expect(worstRow(real, expected.data, n, 1)).toBeLessThan(1e-4)
    expect(error.dataSync()[0]).toBeLessThan(1e-5)
  })

  it.each([
    ['1e_1', 0.1, 20],
    ['1e_2', 0.01, 60],
  ] as const)('finds the balanced plan of POT at ε = %s', (key, epsilon, rounds) => {
    const { a, b, M, ...plans } = oracle('pot_balanced')
    const [n, k] = M.shape
    const problem: ColumnProblem = {
      logKernel: tf.tensor2d(M.data, [n, k]).div(-epsilon),
      logRows: tf.tensor2d(a.data, [n, 1]).log(),
      columnMass: tf.tensor2d(b.data, [1, k]),
      softness: 0,
    }
    const { plan } = planOfPotentials(problem, improvePotentials(problem, tf.zeros([1, k]), rounds))
    expect(worstRow(plan.dataSync(), plans[`plan_reg_${key}`].data, n, n)).toBeLessThan(1e-4)
  })

  it('tells its error where float32 does not see how two groups of clusters are joined', () => {
    const { a, b, M } = oracle('pot_balanced')
    const [n, k] = M.shape
    const problem: ColumnProblem = {
      logKernel: tf.tensor2d(M.data, [n, k]).div(-0.001),
      logRows: tf.tensor2d(a.data, [n, 1]).log(),
      columnMass: tf.tensor2d(b.data, [1, k]),
      softness: 0,
    }
    const { plan, error } = planOfPotentials(problem, improvePotentials(problem, tf.zeros([1, k]), 200))
    const sums = plan.sum(0).sub(tf.tensor1d(b.data)).abs().sum().dataSync()[0]
    expect(error.dataSync()[0]).toBeCloseTo(sums, 6)
    expect(sums).toBeGreaterThan(1e-4)
    expect(sums).toBeLessThan(2e-3)
  })

  it('leaves no tensors but its result', () => {
    const problem: ColumnProblem = {
      logKernel: tf.randomNormal([6, 3], 0, 2, 'float32', 1),
      logRows: tf.fill([6, 1], -Math.log(6)),
      columnMass: tf.fill([1, 3], 1 / 3),
      softness: 0.1,
    }
    const before = tf.memory().numTensors
    const potentials = improvePotentials(problem, tf.zeros([1, 3]), 7)
    expect(tf.memory().numTensors).toBe(before + 2)
    potentials.dispose()
  })
})

describe('solveSmallSystem', () => {
  it('solves, and gives 0 for a system of zeros with a ridge', () => {
    const matrix = tf.tensor2d([
      [4, 1, 0],
      [1, 3, 1],
      [0, 1, 2],
    ])
    const x = solveSmallSystem(matrix, tf.scalar(0), tf.tensor2d([[6], [10], [8]])).dataSync()
    expect([...x].map((value) => Number(value.toFixed(5)))).toEqual([1, 2, 3])
    expect([...solveSmallSystem(tf.zeros([2, 2]), tf.scalar(1e-30), tf.zeros([2, 1])).dataSync()]).toEqual([0, 0])
  })
})
