import type { Storage } from '../graph/value'
import type { ElementArray } from '../runtime/element-type'
import { Places } from './places'
import type { PlannedUpdate, Read, Source } from './step-plan'
import { UpdateKernel } from './update-kernel'

/** What the updates of a call are told. */
export interface UpdateCall {
  /** Where something stored is at this call. */
  storageOf(source: Source): Storage
  /** Whether a stored array is read by nobody else and not again. */
  mayGo(source: Source): boolean
  /** Computes the graph that comes before, some of its outputs into given arrays. */
  runGraph(targets: readonly (ElementArray | undefined)[]): readonly ElementArray[]
}

/** Runs the end of a step: its updates, in memory of their own. */
export class UpdateRunner {
  private constructor(
    private readonly updates: readonly (PlannedUpdate & { readonly kernel: UpdateKernel })[],
    private readonly places: Places,
  ) {}

  /** @returns null if there is not so much memory */
  static of(updates: readonly PlannedUpdate[]): UpdateRunner | null {
    const places = Places.of(
      updates.flatMap(({ size, arrays, replaces }) => Array<number>(arrays.length + replaces.length).fill(size)),
    )
    if (places === null) return null
    const kernels = new Map<string, UpdateKernel>()
    const kernelOf = ({ program }: PlannedUpdate) => {
      const key = JSON.stringify(program)
      const kernel = kernels.get(key) ?? new UpdateKernel(program, places)
      kernels.set(key, kernel)
      return kernel
    }
    return new UpdateRunner(
      updates.map((update) => ({ ...update, kernel: kernelOf(update) })),
      places,
    )
  }

  /**
   * Runs the graph before, and then the updates.
   *
   * @returns the graph's outputs, and where the results of each update are
   */
  run({ storageOf, mayGo, runGraph }: UpdateCall): { outputs: readonly ElementArray[]; updated: Storage[][] } {
    const found = new Map<Read, Storage>()
    // What lies in the places is needed until its update has run.
    const staying = new Set<Storage>()
    const targets: Storage[] = []
    for (const { arrays, numbers } of this.updates)
      for (const read of [...arrays, ...numbers])
        if (!('output' in read) && !('fill' in read)) {
          found.set(read, storageOf(read))
          staying.add(found.get(read)!)
        }
    for (const { arrays, size } of this.updates)
      for (const read of arrays)
        if ('output' in read) {
          targets[read.output] = this.places.take(size, staying)
          staying.add(targets[read.output])
          found.set(read, targets[read.output])
        }
    const outputs = runGraph(Array.from(targets, (target) => target?.data))
    const numberOf = (read: Read) => {
      if ('fill' in read) return read.fill
      return Number('output' in read ? outputs[read.output][0] : found.get(read)!.data[0])
    }
    const updated = this.updates.map(({ kernel, size, arrays, numbers, replaces }) =>
      kernel.compute(
        size,
        arrays.map((read) => ({ storage: found.get(read)!, mayGo: isStored(read) && mayGo(read) })),
        numbers.map(numberOf),
        replaces,
        staying,
      ),
    )
    for (const target of targets) if (target) this.places.release(target)
    return { outputs, updated }
  }
}

const isStored = (read: Read): read is Source => !('output' in read) && !('fill' in read)
