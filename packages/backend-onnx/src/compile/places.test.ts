import { describe, expect, it } from 'vitest'
import type { Storage } from '../graph/value'
import { Places } from './places'

const none: ReadonlySet<Storage> = new Set()

describe('Places', () => {
  it('lie apart, and are free again once released', () => {
    const places = Places.of([5, 5, 20])!
    const [a, b, c] = [5, 5, 20].map((size) => places.take(size, none))
    const fill = [a, b, c].map(({ data }, i) => (data as Float32Array).fill(i + 1))
    expect(fill.map((data) => [data.length, data[0], data.at(-1)])).toEqual([
      [5, 1, 1],
      [5, 2, 2],
      [20, 3, 3],
    ])
    for (const { data } of [a, b, c]) expect(data.byteOffset % 64).toBe(0)
    for (const storage of [a, b, c]) expect(places.holds(storage)).toBe(true)
    places.release(b)
    expect(places.take(5, none).data.byteOffset).toBe(b.data.byteOffset)
  })

  it('are made free by guests who may move out, with what they hold', () => {
    const places = Places.of([4, 4])!
    const [a, b] = [places.take(4, none), places.take(4, none)]
    ;(a.data as Float32Array).set([1, 2, 3, 4])
    ;(b.data as Float32Array).set([5, 6, 7, 8])
    const offset = b.data.byteOffset
    const c = places.take(4, new Set([a]))
    expect(c.data.byteOffset).toBe(offset)
    ;(c.data as Float32Array).fill(0)
    expect([...(b.data as Float32Array)]).toEqual([5, 6, 7, 8])
    expect([places.holds(a), places.holds(b), b.home]).toEqual([true, false, undefined])
    expect(() => places.take(4, new Set([a, c]))).toThrow('No place for an array of 4 elements')
    expect(() => places.take(3, none)).toThrow('No place')
  })

  it('pass to a successor, and the one before is nobody’s', () => {
    const places = Places.of([4])!
    const old = places.take(4, none)
    const next = places.succeed(old)
    expect(next.data).toBe(old.data)
    expect([old.escaped, old.home, next.escaped, next.home, next.holders]).toEqual([true, undefined, false, places, 0])
    places.release(old)
    expect(() => places.take(4, new Set([next]))).toThrow('No place')
    places.release(next)
    expect(places.take(4, none).data.byteOffset).toBe(next.data.byteOffset)
  })

  it('are none where memory does not reach', () => {
    expect(Places.of([2 ** 30])).toBeNull()
  })
})
