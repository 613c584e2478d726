import { OptionError, ShapeError } from '@dc/core/plugin'
import { anderson } from '../solvers/acceleration'

/** What the columns of a problem in shards ask for; its rows are equalities of equal mass, 1 in all. */
export interface ColumnsWanted {
  /** Masses of the columns. With equalities they sum to 1, or to 1 less the virtual column. */
  readonly mass: Float64Array
  /** KL weight γ of these masses over ε; `Infinity` for equality. */
  readonly relaxation: number
  /** Mass of the virtual column. */
  readonly virtual?: number
}

/** How {@link solveColumns} goes. */
export interface ColumnOptions {
  /** Allowed 1-norm of the column error, relative to the mass that moves. Default 1e-9. */
  readonly tolerance?: number
  /** Most rounds, each one call of `sums`. Default 1000. */
  readonly rounds?: number
  /** Potentials in units of ε to start from: those of a similar problem. */
  readonly start?: Float64Array
}

/** Column potentials. */
export interface ColumnSolution {
  /** In units of ε, the virtual column's last. */
  readonly psi: Float64Array
  readonly error: number
  readonly rounds: number
  readonly converged: boolean
}

/**
 * Column potentials of balanced transport and P²OT whose rows lie in shards, wherever they are. Each round asks for the column
 * sums at some potentials, K numbers from each shard, and takes a scaling step from them, accelerated by Anderson's method: the
 * same steps as `solve` with `method: 'scaling'`. All decisions are made here, so only the order in which sums are added can
 * change a bit of the answer.
 *
 * @param sums column sums at ψ over all rows, as {@link columnSums} of each shard, added
 * @throws OptionError, ShapeError for masses, tolerances, starts that cannot be
 * @see Sinkhorn in the form of Séjourné, Vialard, Peyré 2022 (translation invariant)
 * @example
 * const shard = { cost, columns: 10, epsilon: 0.1, rowMass: 1 / 1000 }
 * const wanted = { mass: new Float64Array(10).fill(0.1), relaxation: Infinity }
 * const { psi } = await solveColumns(wanted, async (psi) => columnSums(shard, psi))
 */
export async function solveColumns(
  { mass, relaxation, virtual }: ColumnsWanted,
  sums: (psi: Float64Array) => Promise<Float64Array>,
  options: ColumnOptions = {},
): Promise<ColumnSolution> {
  const { tolerance = 1e-9, rounds: most = 1000, start } = options
  const columns = mass.length
  const size = columns + (virtual === undefined ? 0 : 1)
  if (!(tolerance > 0)) throw new OptionError('tolerance', tolerance, 'a number above 0')
  if (!(Number.isInteger(most) && most >= 1)) throw new OptionError('rounds', most, 'an integer from 1')
  if (!(relaxation > 0)) throw new OptionError('relaxation', relaxation, 'a number above 0, or Infinity for equality')
  if (!mass.every((m) => m > 0 && m < Infinity))
    throw new OptionError('mass', [...mass.subarray(0, 8)], 'masses above 0')
  if (virtual !== undefined && !(virtual > 0 && virtual < 1))
    throw new OptionError('virtual', virtual, 'a mass between 0 and 1')
  if (start && start.length !== size) throw new ShapeError('start', [start.length], `${size} potentials`)
  const lambda = relaxation === Infinity ? 0 : 1 / relaxation
  const f = 1 / (1 + lambda)
  const real = mass.reduce((total, m) => total + m, 0)
  const steps = anderson(5).begin(size)
  const psi = start ? start.slice() : new Float64Array(size)
  const update = new Float64Array(size)

  /** The scaling step from the sums at ψ, and their error. Sums and masses are compared as shares of the mass that moves. */
  const look = (found: Float64Array): number => {
    let moved = 0
    let asked = 0
    for (let j = 0; j < columns; j++) {
      moved += found[j]
      asked += mass[j] * Math.exp(-lambda * psi[j])
    }
    let error = 0
    const shift = Math.log(moved) - Math.log(lambda > 0 ? asked : real)
    for (let j = 0; j < columns; j++) {
      const share = lambda > 0 ? (mass[j] * Math.exp(-lambda * psi[j])) / asked : mass[j] / real
      error += Math.abs(found[j] / moved - share)
      update[j] = f * (Math.log(mass[j]) - Math.log(Math.max(found[j], 1e-300)) + psi[j] + shift)
    }
    if (virtual !== undefined) {
      error += Math.abs(found[columns] - virtual) / moved
      update[columns] = Math.log(virtual) - Math.log(Math.max(found[columns], 1e-300)) + psi[columns]
    }
    return error
  }

  let error = look(await sums(psi))
  let rounds = 1
  while (rounds < most && !(error <= tolerance)) {
    const plain = update.slice()
    const before = error
    steps.next(psi.slice(), plain, psi)
    error = look(await sums(psi))
    rounds++
    if (error <= 2 * before) continue
    // A step that made things worse is taken back.
    steps.restart()
    psi.set(plain)
    error = look(await sums(psi))
    rounds++
  }
  return { psi, error, rounds, converged: error <= tolerance }
}
