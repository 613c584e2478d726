import { allocate, type ElementArray, type ElementArrays, type ElementType } from '../runtime/element-type'

/** Buffers not asked for during this many flushes are left to the garbage collector. */
const idleFlushes = 32

/**
 * Memory of results, reused from flush to flush. Fresh memory costs a page fault for every 4 KiB, which for the weights
 * of a network is as slow as computing with them.
 */
export class Buffers {
  private readonly free = new Map<string, { array: ElementArray; since: number }[]>()
  private now = 0
  /** Bytes waiting for reuse. */
  freeBytes = 0

  /** An array of this type and size with arbitrary contents. */
  take<T extends ElementType>(type: T, size: number): ElementArrays[T] {
    const entry = this.free.get(`${type}${size}`)?.pop()
    if (!entry) return allocate(type, size)
    this.freeBytes -= entry.array.byteLength
    return entry.array as ElementArrays[T]
  }

  /** Gives an array back; the caller must not touch it any more. */
  give(type: ElementType, array: ElementArray): void {
    if (array.byteLength === 0) return
    const key = `${type}${array.length}`
    const list = this.free.get(key)
    const entry = { array, since: this.now }
    if (list) list.push(entry)
    else this.free.set(key, [entry])
    this.freeBytes += array.byteLength
  }

  /** Marks the end of a flush and drops what has been idle for long. */
  tick(): void {
    this.now++
    if (this.now % idleFlushes !== 0) return
    for (const [key, list] of this.free) {
      const kept = list.filter((entry) => this.now - entry.since < idleFlushes)
      for (const entry of list) if (!kept.includes(entry)) this.freeBytes -= entry.array.byteLength
      if (kept.length === 0) this.free.delete(key)
      else this.free.set(key, kept)
    }
  }

  clear(): void {
    this.free.clear()
    this.freeBytes = 0
  }
}
