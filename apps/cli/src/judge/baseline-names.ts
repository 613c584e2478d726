/** What baselines are called for people, in the order in which they are shown. */
export const baselineTitles = { kmeans: 'k-means', spectral: 'spectral clustering', leiden: 'Leiden' } as const
export type BaselineName = keyof typeof baselineTitles
/** What a baseline is called; one of another version by its own name. */
export const baselineTitle = (name: string): string =>
  Object.hasOwn(baselineTitles, name) ? baselineTitles[name as BaselineName] : name
