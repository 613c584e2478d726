import { describe, expect, it } from 'vitest'
import { recentValues } from './recent-values'

function counted(most: number) {
  const asked: string[] = []
  const value = recentValues(async (key) => {
    asked.push(key)
    if (key === 'none') throw new Error('there is none of this key')
    return new Uint8Array(Number(key))
  }, most)
  return { asked, value }
}

describe('values that were read last', () => {
  it('are read once, also by two who ask at the same time', async () => {
    const { asked, value } = counted(100)
    expect((await Promise.all([value('40'), value('40')])).map(({ length }) => length)).toEqual([40, 40])
    expect((await value('40')).length).toBe(40)
    expect(asked).toEqual(['40'])
  })

  it('make room for others: what was asked for longest ago goes first', async () => {
    const { asked, value } = counted(100)
    for (const key of ['40', '50', '40', '30', '40', '50', '120', '30']) await value(key)
    // 30 drops 50, 50 drops 30; 120 is too large to stay, and drops all before it.
    expect(asked).toEqual(['40', '50', '30', '50', '120', '30'])
  })

  it('are asked for again after a failure', async () => {
    const { asked, value } = counted(100)
    await expect(value('none')).rejects.toThrow('there is none')
    await expect(value('none')).rejects.toThrow('there is none')
    expect(asked).toEqual(['none', 'none'])
  })
})
