import type { Storage } from '../graph/value'
import { type ElementwiseProgram, elementwiseModule } from '../runtime/elementwise-module'
import { type Places, paddedBytes } from './places'

/**
 * An elementwise computation on arrays in {@link Places}. It passes once over memory, not once for each operator: operator by
 * operator, the optimiser took a quarter of the step of a small network.
 */
export class UpdateKernel {
  private readonly run: (...parameters: number[]) => void

  constructor(
    program: ElementwiseProgram,
    private readonly places: Places,
  ) {
    const module = new WebAssembly.Module(elementwiseModule(program) as BufferSource)
    const { exports } = new WebAssembly.Instance(module, { places: { memory: places.memory } })
    this.run = exports.run as (...parameters: number[]) => void
  }

  /**
   * Computes.
   *
   * @param size elements of each array
   * @param arrays in the places, or outside them and then copied in. An array that `mayGo` is not needed afterwards
   * @param results for each result the array that it should be written over, if that array is a copy or may go
   * @param staying storages in the places that must not move out; the results are added
   * @returns storages in the places
   */
  compute(
    size: number,
    arrays: readonly { readonly storage: Storage; readonly mayGo: boolean }[],
    numbers: readonly number[],
    results: readonly (number | null)[],
    staying: Set<Storage>,
  ): Storage[] {
    const take = () => {
      const storage = this.places.take(size, staying)
      staying.add(storage)
      return storage
    }
    const inside = arrays.map(({ storage }) => {
      if (this.places.holds(storage)) return storage
      const guest = take()
      ;(guest.data as Float32Array).set(storage.data as Float32Array)
      return guest
    })
    const isGuest = (i: number) => inside[i] !== arrays[i].storage
    const over = results.map((i) => (i !== null && (isGuest(i) || arrays[i].mayGo) ? i : null))
    const made = over.map((i) => (i === null ? take() : inside[i]))
    const starts = [...inside, ...made].map(({ data }) => data.byteOffset)
    this.run(paddedBytes(size), ...starts, ...numbers)
    inside.forEach((storage, i) => {
      if (isGuest(i) && !over.includes(i)) this.places.release(storage)
    })
    return made.map((storage, k) => {
      const i = over[k]
      return i === null || isGuest(i) ? storage : this.places.succeed(storage)
    })
  }
}
