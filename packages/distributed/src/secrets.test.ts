import { describe, expect, it } from 'vitest'
import { withoutSecrets } from './secrets'

describe('withoutSecrets', () => {
  it.each([
    ['redis://host:6379', 'redis://host:6379'],
    ['redis://ann:secret@host:6379/1', 'redis://***@host:6379/1'],
    ['rediss://:se%40cret@host', 'rediss://***@host'],
    ['dclust --queue=redis://:p@ss@host --out a@b', 'dclust --queue=redis://***@host --out a@b'],
    ['["--queue","redis://ann:x@a","redis://:y@b"]', '["--queue","redis://***@a","redis://***@b"]'],
    ['connect ECONNREFUSED redis://ann:x@a:1', 'connect ECONNREFUSED redis://***@a:1'],
    ['REDIS://Ann:X@host', 'REDIS://***@host'],
    ['https://host/path@2', 'https://host/path@2'],
    ['redis://ann:p%40ss%3A@host', 'redis://***@host'],
    ['redis://:pa/ss?w#rd@host:1', 'redis://***@host:1'],
    [`--queue=rediss://:p'q"r s@host`, '--queue=rediss://***@host'],
    ['redis://host:6379?password=hush', 'redis://host:6379?***'],
    ['rediss://host/1#hush', 'rediss://host/1?***'],
    ['see redis://:pa/ss@a/1?password=x, redis://b', 'see redis://***@a/1?*** redis://b'],
    ['mail ann@host', 'mail ann@host'],
  ])('%s', (given, shown) => expect(withoutSecrets(given)).toBe(shown))

  it('takes no longer for long words than for others', () => {
    for (const long of ['y'.repeat(1e6), '://'.repeat(3e5), '@'.repeat(1e6), `${'y@'.repeat(1e5)}://`])
      expect(withoutSecrets(long)).toBe(long)
  })
})
