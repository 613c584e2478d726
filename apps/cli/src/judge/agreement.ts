import { adjustedRandIndex, contingencyTable, normalizedMutualInformation } from '@dc/metrics'

/** How alike labelings of the same rows are, two and two. */
export interface Agreement {
  readonly methods: readonly string[]
  /** Symmetric, 1 on the diagonal. */
  readonly ari: readonly (readonly number[])[]
  readonly nmi: readonly (readonly number[])[]
}

/** Agreement of labelings, each with its name. */
export function agreementOf(entries: readonly (readonly [name: string, labels: Int32Array])[]): Agreement {
  const pairs = (score: (table: ReturnType<typeof contingencyTable>) => number) => {
    const matrix = entries.map(() => entries.map(() => 1))
    entries.forEach(([, a], i) => {
      for (let j = 0; j < i; j++) matrix[i][j] = matrix[j][i] = score(contingencyTable(a, entries[j][1]))
    })
    return matrix
  }
  return {
    methods: entries.map(([name]) => name),
    ari: pairs(adjustedRandIndex),
    nmi: pairs(normalizedMutualInformation),
  }
}

/** Mean agreement of labelings by ARI; null for fewer than two. */
export function meanAgreement(labelings: readonly Int32Array[]): number | null {
  if (labelings.length < 2) return null
  const { ari } = agreementOf(labelings.map((labels, at) => [String(at), labels]))
  const pairs = ari.flatMap((row, i) => row.slice(0, i))
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}
