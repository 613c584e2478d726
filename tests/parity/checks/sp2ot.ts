import { solveSemantic, sp2ot } from '@dc/ot-sinkhorn'
import { array, defineParityCheck, maxRelativeError, number } from '../frame.ts'

/** Dense S of a reference file as sparse rows. */
function sparse(data: readonly number[], rows: number) {
  const offsets = new Int32Array(rows + 1)
  const indices: number[] = []
  const values: number[] = []
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      const value = data[i * rows + j]
      if (value === 0) continue
      indices.push(j)
      values.push(value)
    }
    offsets[i + 1] = indices.length
  }
  return { rows, columns: rows, offsets, indices: Int32Array.from(indices), values: Float64Array.from(values) }
}

/** −log softmax of each row. */
function costs(logits: readonly number[], rows: number, columns: number): Float64Array {
  const cost = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const row = logits.slice(i * columns, (i + 1) * columns)
    const most = Math.max(...row)
    const total = most + Math.log(row.reduce((s, x) => s + Math.exp(x - most), 0))
    for (let j = 0; j < columns; j++) cost[i * columns + j] = total - row[j]
  }
  return cost
}

/** `sp2ot*`: N times the plan of SP²OT after 1000 rounds, within 1e-6 of the largest entry (Zhang, Ren, He 2024, SP²OT). */
export default defineParityCheck({
  matches: /^sp2ot/,
  async run(oracle) {
    const logits = array(oracle, 'logits')
    const [rows, columns] = logits.shape
    const rho = number(oracle, 'rho')
    const rounds = Number(/([0-9]+) majorise/.exec(String(oracle.note))?.[1] ?? 1000)
    const problem = sp2ot({
      cost: costs(logits.data, rows, columns),
      rows,
      columns,
      rho,
      epsilon: number(oracle, 'epsilon'),
      gamma: number(oracle, 'gamma'),
      similarity: sparse(array(oracle, 'S').data, rows),
      weight: number(oracle, 'mm_factor') * (1 - rho),
    })
    const found = solveSemantic(problem, { rounds, tolerance: 0, innerTolerance: 1e-11 }).plan({ scale: rows })
    const error = maxRelativeError(found, array(oracle, 'q_times_n').data)
    return [{ name: 'majorise-minimise', error, tolerance: 1e-6 }]
  },
})
