import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { withKernels } from './memory'

const random = createRandom(2)

describe('kernels', () => {
  it('are what assembly/ compiles to', () => {
    const root = fileURLToPath(new URL('../../../..', import.meta.url))
    const check = ['scripts/build-kernels.mjs', 'packages/ot-sinkhorn', '--check']
    expect(() => execFileSync(process.execPath, check, { cwd: root, stdio: 'pipe' })).not.toThrow()
  }, 120_000)

  it('exponentiate as exactly as their argument is rounded, from 0 down to underflow', () => {
    withKernels((kernels, allocate) => {
      const count = 4000
      const [cost, out, shift, m] = [allocate(count), allocate(count), allocate(count), allocate(1)]
      cost.values.set(Float64Array.from({ length: count }, (_, i) => (i / count) * 800))
      shift.values.fill(0)
      m.values[0] = 0
      kernels.exponentials(cost.pointer, count, out.pointer, count, count, -1, 1, shift.pointer, 1, m.pointer, 0)
      for (let i = 0; i < count; i++) {
        const expected = cost.values[i] < 708 ? Math.exp(-cost.values[i]) : 0
        const rounding = 4e-16 + 1.2e-16 * cost.values[i]
        expect(Math.abs(out.values[i] - expected)).toBeLessThanOrEqual(rounding * expected)
      }
    })
  })

  it('find row maxima, pad with zeros and know forbidden rows and the virtual column', () => {
    withKernels((kernels, allocate) => {
      const [cost, out, shift, m] = [allocate(6), allocate(8), allocate(4), allocate(2)]
      cost.values.set([1, 2, Infinity, Infinity, Infinity, Infinity])
      shift.values.set([0, 3, 0, 0])
      kernels.exponentials(cost.pointer, 3, out.pointer, 4, 4, -1, 2, shift.pointer, 0.5, m.pointer, 1)
      expect([...m.values]).toEqual([2, 0])
      expect(out.values[0]).toBeCloseTo(Math.exp(-2.5), 14)
      expect([...out.values.subarray(1)]).toEqual([1, 0, 0, 0, 0, 0, 0])
      kernels.exponentials(cost.pointer, 3, out.pointer, 4, 4, 3, 2, shift.pointer, 0.5, m.pointer, 1)
      expect([...out.values.subarray(4)]).toEqual([0, 0, 0, 1])
    })
  })

  it('multiply sparse rows as plain loops do', () => {
    withKernels((kernels, allocate) => {
      const [n, columns] = [5, 3]
      const offsets = Int32Array.of(0, 2, 2, 3, 5, 7)
      const indices = Int32Array.of(1, 4, 0, 3, 3, 2, 0)
      const integers = (source: Int32Array) => {
        const { pointer, values } = allocate(source.length)
        new Int32Array(values.buffer, pointer, source.length).set(source)
        return pointer
      }
      const [values, x, out] = [allocate(7), allocate(n * columns), allocate(n * columns)]
      values.values.set(random.normals(7))
      x.values.set(random.normals(n * columns))
      kernels.sparseProduct(integers(offsets), integers(indices), values.pointer, x.pointer, columns, 0, n, out.pointer)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < columns; j++) {
          let expected = 0
          for (let s = offsets[i]; s < offsets[i + 1]; s++)
            expected += values.values[s] * x.values[indices[s] * columns + j]
          expect(out.values[i * columns + j]).toBeCloseTo(expected, 14)
        }
    })
  })

  it('lend memory that nests and grows', () => {
    withKernels((_, allocate) => {
      const outer = allocate(3)
      outer.values.set([1, 2, 3])
      withKernels((_, inner) => inner(1_000_000).values.fill(7))
      expect([...outer.values]).toEqual([1, 2, 3])
      expect(allocate(1).pointer % 64).toBe(0)
    })
    expect(() => withKernels((_, allocate) => allocate(2 ** 30))).toThrow(/more than 4 GiB/)
  })
})
