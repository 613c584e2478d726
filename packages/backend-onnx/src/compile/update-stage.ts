import type { Storage, Value } from '../graph/value'
import type { ElementArray } from '../runtime/element-type'
import { Places } from './places'
import { UpdateKernel } from './update-kernel'
import type { Update } from './updates'

interface FedUpdate {
  readonly kernel: UpdateKernel
  readonly update: Update
}

/** The end of a step: its updates, in memory of their own. */
export class UpdateStage {
  /** What the graph before has to compute, without doubles. */
  readonly wanted: readonly Value[]
  /** What comes into the step or is around it. */
  readonly stored: readonly Value[]

  private constructor(
    private readonly updates: readonly FedUpdate[],
    private readonly places: Places,
  ) {
    const read = [...new Set(updates.flatMap(({ update }) => [...update.arrays, ...update.numbers]))]
    this.wanted = read.filter(({ node }) => node !== null)
    this.stored = read.filter(({ storage }) => storage !== null)
  }

  /** @returns null if there is nothing to update, or not so much memory */
  static of(updates: readonly Update[]): UpdateStage | null {
    if (updates.length === 0) return null
    const places = Places.of(
      updates.flatMap(({ size, arrays, results }) => Array<number>(arrays.length + results.length).fill(size)),
    )
    if (places === null) return null
    const kernels = new Map<string, UpdateKernel>()
    const kernelOf = ({ program }: Update) => {
      const key = JSON.stringify(program)
      const kernel = kernels.get(key) ?? new UpdateKernel(program, places)
      kernels.set(key, kernel)
      return kernel
    }
    return new UpdateStage(
      updates.map((update) => ({ update, kernel: kernelOf(update) })),
      places,
    )
  }

  /** The values that it computes. */
  get results(): readonly Value[] {
    return this.updates.flatMap(({ update }) => update.results.map(({ value }) => value))
  }

  /**
   * Runs the graph before, and then the updates.
   *
   * @param storageOf where a stored value's elements are at this call
   * @param mayGo whether a stored value's elements are read by nobody else and not again
   * @param runGraph computes {@link wanted}, into the arrays that are given
   * @returns storages of {@link results}
   */
  run(
    storageOf: (value: Value) => Storage,
    mayGo: (value: Value) => boolean,
    runGraph: (targets: readonly (ElementArray | undefined)[]) => readonly ElementArray[],
  ): Storage[] {
    const found = new Map(this.stored.map((value) => [value, storageOf(value)]))
    const staying = new Set(found.values())
    const arrays = new Set(this.updates.flatMap(({ update }) => update.arrays))
    const targets = this.wanted.map((value) => {
      if (!arrays.has(value)) return null
      const storage = this.places.take(value.size, staying)
      staying.add(storage)
      return storage
    })
    const computed = runGraph(targets.map((target) => target?.data))
    this.wanted.forEach((value, i) => {
      found.set(value, targets[i] ?? { data: computed[i], holders: 0, escaped: false })
    })
    const numberOf = (value: Value) => value.fill ?? Number(found.get(value)!.data[0])
    const results = this.updates.flatMap(({ update: { size, arrays, numbers, results }, kernel }) =>
      kernel.compute(
        size,
        arrays.map((value) => ({ storage: found.get(value)!, mayGo: value.storage !== null && mayGo(value) })),
        numbers.map(numberOf),
        results.map(({ replaces }) => replaces),
        staying,
      ),
    )
    for (const target of targets) if (target) this.places.release(target)
    return results
  }
}
