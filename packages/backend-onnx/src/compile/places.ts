import type { Storage } from '../graph/value'

/** Memory comes in pages. */
const pageBytes = 65_536

/** The most that 32-bit addresses reach, less a page: some engines refuse the last one. */
const mostPages = 65_535

interface Place {
  readonly array: Float32Array
  /** What lies there now. */
  storage: Storage | null
}

/**
 * Memory that WebAssembly computes in, divided into places for arrays of given sizes.
 *
 * Tensors may lie there: the next step then finds what this one has written where it needs it. When their place is needed they
 * move out, to memory of their own.
 */
export class Places {
  private readonly places = new Map<number, Place[]>()

  private constructor(
    readonly memory: WebAssembly.Memory,
    sizes: readonly number[],
  ) {
    let offset = 0
    for (const size of sizes) {
      const place = { array: new Float32Array(memory.buffer, offset, size), storage: null }
      this.places.set(size, [...(this.places.get(size) ?? []), place])
      offset += paddedBytes(size)
    }
  }

  /** @param sizes elements of each place; @returns null if there is not so much memory */
  static of(sizes: readonly number[]): Places | null {
    const pages = Math.ceil(sizes.reduce((sum, size) => sum + paddedBytes(size), 0) / pageBytes)
    if (pages > mostPages) return null
    try {
      return new Places(new WebAssembly.Memory({ initial: pages }), sizes)
    } catch (error) {
      if (error instanceof RangeError) return null
      throw error
    }
  }

  /** Whether a storage's array lies here. */
  holds({ data }: Storage): boolean {
    return data.buffer === this.memory.buffer
  }

  /**
   * A storage of arbitrary contents in a place of this size, until {@link release}.
   *
   * @param staying storages that must not move out
   */
  take(size: number, staying: ReadonlySet<Storage>): Storage {
    const places = this.places.get(size) ?? []
    const place =
      places.find(({ storage }) => storage === null) ?? places.find(({ storage }) => storage && !staying.has(storage))
    if (!place) throw new RangeError(`No place for an array of ${size} elements.`)
    if (place.storage) moveOut(place.storage)
    place.storage = { data: place.array, holders: 0, escaped: false, home: this }
    return place.storage
  }

  /** Frees the place of a storage. */
  release(storage: Storage): void {
    const place = this.placeOf(storage)
    if (place) place.storage = null
  }

  /** A new storage in the place of one that nobody reads again. */
  succeed(old: Storage): Storage {
    const next: Storage = { ...old, holders: 0, home: this }
    const place = this.placeOf(old)
    if (place) place.storage = next
    // The memory is not its own any more.
    old.escaped = true
    old.home = undefined
    return next
  }

  private placeOf(storage: Storage): Place | undefined {
    return this.places.get(storage.data.length)?.find((place) => place.storage === storage)
  }
}

/** Bytes of an array's place: whole cache lines. */
export const paddedBytes = (size: number): number => Math.ceil(size / 16) * 64

function moveOut(storage: Storage): void {
  storage.data = storage.data.slice()
  storage.home = undefined
}
