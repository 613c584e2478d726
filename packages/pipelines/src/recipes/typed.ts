/** Which settings of a training its user gave. All others are defaults, which may be changed to fit the data. */
export interface Typed {
  /** How the user gave a setting, such as `--batch-size` or `--set options.heads`; null if the user did not. */
  source(path: string): string | null
}

/** No setting was given. */
export const nothingTyped: Typed = { source: () => null }
