import { jsonText } from '../terminal/text'
import { fitted } from './names'

/** Columns of a fact of which a page shows no more. */
export const longestFact = 2000

/** JSON to look at. Long texts are shortened here, and whole in `config.resolved.json` and `env.json`. */
export function plainJson(value: unknown): string {
  const shortened = (_: string, member: unknown) => (typeof member === 'string' ? fitted(member, longestFact) : member)
  return jsonText(JSON.parse(JSON.stringify(value, shortened)), 2)
}
