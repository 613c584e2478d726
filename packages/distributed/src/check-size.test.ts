import { expect, it } from 'vitest'
import { checkSize } from './check-size'

it('one value of a queue is as large as Redis holds, and no larger', () => {
  checkSize({ length: 2 ** 29 }, 'value')
  expect(() => checkSize({ length: 2 ** 29 + 1 }, 'result of job a')).toThrow(
    "result of job a: got '536870913 bytes'; allowed: at most 536870912",
  )
})
