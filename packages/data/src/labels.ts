/**
 * Turns any label values into classes 0…C−1: numbers in increasing order, anything else in order of the text.
 *
 * @returns the class of each value, and the values by class
 * @example
 * encodeLabels(['cat', 'ant', 'cat'])   // { labels: Int32Array [1, 0, 1], classNames: ['ant', 'cat'] }
 */
export function encodeLabels(values: ArrayLike<string | number>): { labels: Int32Array; classNames: string[] } {
  const distinct = [...new Set(Array.from(values, String))]
  const numeric = distinct.every((value) => value.trim() !== '' && Number.isFinite(Number(value)))
  distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined)
  const classes = new Map(distinct.map((value, index) => [value, index]))
  return { labels: Int32Array.from(Array.from(values, (value) => classes.get(String(value))!)), classNames: distinct }
}
