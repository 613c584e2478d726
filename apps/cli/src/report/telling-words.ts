/** Words of a text that are compared: letters of any script, three or more. */
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}]{3,}/gu) ?? []

/**
 * The words that tell each cluster from the others, by c-TF-IDF: `tf · ln(1 + A/f)`, with tf a word's share of the cluster's words,
 * f how often it stands in all clusters, and A the mean number of words of a cluster. Only words of two texts of the cluster count.
 *
 * @param most words of each cluster
 * @see Grootendorst 2022, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", eq. 2
 */
export function tellingWords(texts: readonly string[], labels: Int32Array, k: number, most = 6): string[][] {
  const counts = Array.from({ length: k }, () => new Map<string, { times: number; texts: number }>())
  const totals = new Float64Array(k)
  const everywhere = new Map<string, number>()
  texts.forEach((text, row) => {
    const own = counts[labels[row]]
    if (!own) return
    const seen = new Set<string>()
    for (const word of words(text)) {
      totals[labels[row]]++
      everywhere.set(word, 1 + (everywhere.get(word) ?? 0))
      const entry = own.get(word) ?? { times: 0, texts: 0 }
      own.set(word, entry)
      entry.times++
      if (!seen.has(word)) entry.texts++
      seen.add(word)
    }
  })
  const mean = totals.reduce((sum, total) => sum + total, 0) / Math.max(1, totals.filter((total) => total > 0).length)
  return counts.map((own, cluster) =>
    [...own]
      .filter(([, entry]) => entry.texts > 1)
      .map(
        ([word, { times }]) => [word, (times / totals[cluster]) * Math.log(1 + mean / everywhere.get(word)!)] as const,
      )
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([word]) => word),
  )
}
