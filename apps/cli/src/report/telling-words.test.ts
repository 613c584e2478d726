import { describe, expect, it } from 'vitest'
import { tellingWords } from './telling-words'

describe('tellingWords', () => {
  it('are those of a cluster that the others do not have', () => {
    const texts = ['The goal of the match', 'A match and a goal', 'The vote of the day', 'A vote, the law', 'THE LAW']
    const found = tellingWords(texts, Int32Array.of(0, 0, 1, 1, 1), 3, 2)
    expect(found[0]).toEqual(['goal', 'match'])
    expect(found[1]).toContain('law')
    expect(found[2]).toEqual([])
  })

  it('weigh a word as the formula says, in any script', () => {
    // Cluster 0 has 4 words, cluster 1 has 2: A = 3. In cluster 0 both words have tf ½, but кот is rarer elsewhere.
    const found = tellingWords(['кот дом', 'кот дом', 'дом', 'дом'], Int32Array.of(0, 0, 1, 1), 2)
    expect(found).toEqual([['кот', 'дом'], ['дом']])
    expect(tellingWords(['constructor __proto__', 'constructor'], Int32Array.of(0, 0), 1)).toEqual([['constructor']])
  })
})
