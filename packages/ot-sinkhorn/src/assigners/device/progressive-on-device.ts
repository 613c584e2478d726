import {
  type AssignContext,
  type Assigner,
  DcError,
  detach,
  type NamedTensors,
  type SparseRows,
  type StepFacts,
  tf,
} from '@dc/core'
import { type ColumnProblem, improvePotentials, never, planOfPotentials } from '../../tensor/column-potentials'
import { requireOpen } from '../../tensor/forbidden'
import { type ProgressiveOptions, rowNumbers } from '../progressive'
import { type BufferContent, bufferContent, createDeviceBuffer, type DeviceBuffer } from './device-buffer'
import { createErrorLog } from './error-log'
import { createLabelTable, type LabelTable } from './label-table'
import { applyNeighbours, createNeighbourLists, type NeighbourLists } from './neighbour-lists'
import { remainingShare, rhoOnDevice } from './rho-on-device'

/** What makes SP²OT of P²OT. */
export interface SemanticTerm {
  /** Neighbours in the data set. @throws DcError if nobody told them yet */
  similarity(): SparseRows
  /** λ₁ at ρ = 0. */
  readonly weight: number
  /** Majorise–minimise rounds, each of `deviceRounds` rounds. */
  readonly majorisations: number
  readonly damping: number
}

/**
 * The progressive assigner in tensor operations: buffer, ρ, potentials and what is counted stay on the device, and nothing is read
 * in a step. A solve takes a fixed number of rounds from the potentials of the one before.
 *
 * @param semantic for SP²OT
 */
export function createProgressiveOnDevice(options: ProgressiveOptions, semantic?: SemanticTerm): Assigner {
  const { batches: slots, deviceRounds } = options
  const log = createErrorLog(options.tolerance, semantic !== undefined)
  let size: { rows: number; columns: number } | undefined
  let labels: LabelTable | undefined
  let held: { buffer: DeviceBuffer; lists?: NeighbourLists; potentials: tf.Variable; columns: number } | undefined
  let kept: { content?: BufferContent; potentials?: Float32Array } | undefined

  /** Makes what a step updates, before the step is compiled. A batch larger than all before it starts an empty buffer. */
  const hold = (rows: number, columns: number) => {
    if (held && held.columns === columns && held.buffer.capacity >= rows) return held
    const content = kept?.content
    const capacity = Math.max(rows, ...(content?.lengths ?? []))
    const start = kept?.potentials ?? new Float32Array(columns + 1)
    held?.buffer.dispose()
    held?.potentials.dispose()
    held = {
      buffer: createDeviceBuffer({ slots, capacity, columns }, content),
      potentials: tf.tidy(() => tf.variable(tf.tensor2d(start, [1, columns + 1]), false)),
      columns,
      ...(semantic && { lists: createNeighbourLists(slots, capacity, content ? slotsOf(content) : []) }),
    }
    kept = undefined
    return held
  }

  /** @param isNew whether the batch is another than that of the call before */
  const inputsOf = (rows: Int32Array, progress: StepFacts['progress'] | undefined, isNew: boolean): NamedTensors => {
    if (isNew) held?.lists?.push(rows)
    return {
      rows: tf.tensor1d(rows, 'int32'),
      remaining: remainingShare(options.rho, progress),
      ...(semantic && held?.lists?.tensors(semantic.similarity())),
    }
  }

  return {
    prepare(told) {
      size = told
      labels ??= createLabelTable(told.rows)
    },
    inputs({ rows, progress }) {
      if (!size) return {}
      hold(rows.length, size.columns)
      return inputsOf(rows, progress, true)
    },
    assign(scores: tf.Tensor2D, context: AssignContext = {}) {
      const [n, columns] = scores.shape
      const view = context.view ?? 0
      requireOpen(scores, { name: 'scores', sign: -1, columnMass: null })
      const { buffer, potentials } = hold(n, columns)
      return detach(scores, (s) =>
        tf.tidy(() => {
          const told = context.inputs?.rows ? context.inputs : undefined
          const given = told ?? inputsOf(rowNumbers(context, n, semantic !== undefined), context.progress, view === 0)
          const rows = given.rows as tf.Tensor1D
          buffer.put(s, rows, view)
          const solved = solveBuffer(buffer, potentials, given)
          const targets = solved.slice([(slots - 1) * buffer.capacity, 0], [n, columns])
          labels?.put(rows, targets)
          return targets
        }),
      )
    },
    pseudoLabels: () =>
      labels?.all() ?? { rows: new Int32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) },
    epochLogs: log.epochLogs,
    state: () => ({
      ...held?.buffer.state(),
      ...(held && { devicePotentials: held.potentials.clone() }),
      ...labels?.state(),
      ...log.state(),
    }),
    restore(state) {
      held?.buffer.dispose()
      held?.potentials.dispose()
      held = undefined
      kept = {
        content: bufferContent(state) ?? undefined,
        potentials: state.devicePotentials?.dataSync<'float32'>().slice(),
      }
      labels?.restore(state)
      log.restore(state)
    },
    dispose() {
      held?.buffer.dispose()
      held?.potentials.dispose()
      labels?.dispose()
      log.dispose()
    },
  }

  /** N · Q of the whole buffer, without the virtual column. */
  function solveBuffer(buffer: DeviceBuffer, potentials: tf.Variable, given: NamedTensors): tf.Tensor2D {
    const { scores, present } = buffer.all()
    const [rows, columns] = scores.shape
    const { rho, rest } = rhoOnDevice(options.rho, given.remaining as tf.Scalar)
    const count = present.sum()
    const logKernel = tf.logSoftmax(scores).div(options.epsilon).maximum(never) as tf.Tensor2D
    const prior = priorOf(logKernel, present)
    const softness = options.epsilon / options.gamma
    const problem = (kernel: tf.Tensor2D): ColumnProblem => ({
      logKernel: tf.concat([kernel, tf.zeros([rows, 1])], 1) as tf.Tensor2D,
      logRows: tf.where(present.greater(0), count.log().neg(), tf.fill(present.shape, never)) as tf.Tensor2D,
      columnMass: tf.concat([prior.mul(rho), rest.reshape([1, 1])], 1) as tf.Tensor2D,
      softness,
      soft: tf.concat([tf.ones([1, columns]), tf.zeros([1, 1])], 1) as tf.Tensor2D,
    })
    const solve = (kernel: tf.Tensor2D, start: tf.Tensor2D) => {
      const posed = problem(kernel)
      const improved = improvePotentials(posed, start, deviceRounds)
      const { plan, error } = planOfPotentials(posed, improved)
      return { improved, error, plan: plan.slice([0, 0], [rows, columns]) }
    }
    let solved = { improved: potentials as unknown as tf.Tensor2D } as ReturnType<typeof solve>
    let unrest: tf.Scalar | undefined
    if (!semantic) solved = solve(logKernel, solved.improved)
    else {
      const { weight, majorisations, damping } = semantic
      const [places, similarities] = [given.places, given.similarities] as [tf.Tensor2D, tf.Tensor2D]
      const strength = rest.mul(weight / options.epsilon)
      let plan: tf.Tensor2D = present.mul<tf.Tensor2D>(rho.div(count.mul(columns))).tile([1, columns])
      for (let round = 0; round < majorisations; round++) {
        const pull = applyNeighbours(plan, places, similarities).mul<tf.Tensor2D>(strength)
        solved = solve(logKernel.add<tf.Tensor2D>(pull), solved.improved)
        if (round === majorisations - 1) unrest = solved.plan.sub(plan).abs().sum(1).max().mul(count).asScalar()
        plan = damping > 0 ? solved.plan.mul(1 - damping).add<tf.Tensor2D>(plan.mul(damping)) : solved.plan
      }
    }
    potentials.assign(solved.improved)
    const mass = solved.plan.sum().div<tf.Scalar>(rho)
    log.note({ error: solved.error.div<tf.Scalar>(rho), mass, ...(unrest && { unrest }) })
    return solved.plan.mul(count)
  }

  /** Shares of the clusters, `[1, k]`, in the order that they are predicted in where the options ask for it. */
  function priorOf(logKernel: tf.Tensor2D, present: tf.Tensor2D): tf.Tensor2D {
    const columns = logKernel.shape[1]
    const { prior = Array<number>(columns).fill(1), priorOrder } = options
    if (prior.length !== columns)
      throw new DcError(`prior has ${prior.length} sizes for ${columns} clusters.`, { prior: prior.length, columns })
    const total = prior.reduce((sum, share) => sum + share, 0)
    const shares = prior.map((share) => share / total)
    if (priorOrder === 'given' || !options.prior) return tf.tensor2d(shares, [1, columns])
    const predicted = logKernel.mul(options.epsilon).exp().mul(present).sum<tf.Tensor1D>(0)
    const [each, other] = [predicted.expandDims(1), predicted.expandDims(0)]
    // Clusters predicted equally large keep their order.
    const before = tf.linalg.bandPart(tf.ones<tf.Rank.R2>([columns, columns]), -1, 0).sub(tf.eye(columns))
    const rank = other.greater(each).toFloat().add(other.equal(each).toFloat().mul(before)).sum(1).toInt()
    const sorted = tf.tensor1d([...shares].sort((a, b) => b - a))
    return sorted.gather(rank as tf.Tensor1D).reshape([1, columns])
  }
}

function slotsOf({ lengths, rows }: BufferContent): Int32Array[] {
  let at = 0
  return lengths.map((length) => rows.subarray(at, (at += length)))
}
