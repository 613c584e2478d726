import { DcError, OptionError, printable } from '@dc/core'
import { integer, positive, type RunFlags } from '../config/flags'

/** One value for each setting of a grid. */
export interface Point {
  readonly values: readonly (readonly [path: string, value: unknown])[]
  /** What is run there. */
  readonly flags: RunFlags
  /** `epsilon=0.05 lr=0.1`: for people. */
  readonly name: string
}

/** Settings that flags give, each with what reads its text. Others are given as `--set` does. */
const flagged: Readonly<Record<string, [name: keyof RunFlags, read: (text: string) => unknown]>> = {
  k: ['k', integer(2)],
  preset: ['preset', String],
  data: ['data', String],
  epochs: ['epochs', integer(1)],
  'batch-size': ['batchSize', integer(2)],
  lr: ['lr', positive],
}
const mostPoints = 10_000

/**
 * The points of a grid, the last setting changing first.
 *
 * @param grid such as `options.epsilon=0.05,0.1`: texts between commas, or a list in JSON
 * @throws DcError, OptionError for what is no such setting, a value twice, or more than 10,000 points
 * @example
 * gridPoints(['k=5,10'], flags).map(({ name }) => name) // ['k=5', 'k=10']
 */
export function gridPoints(grid: readonly string[], flags: RunFlags): Point[] {
  const axes = grid.map(axisOf)
  const twice = axes.find(({ path }, at) => axes.findIndex((axis) => axis.path === path) !== at)
  if (twice) throw new DcError(`--grid ${printable(twice.path)} is given twice; put its values into one list.`)
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > mostPoints) throw new OptionError('--grid', count, `at most ${mostPoints} points`)
  let points: (readonly [string, unknown])[][] = [[]]
  for (const { path, values } of axes)
    points = points.flatMap((point) => values.map((value) => [...point, [path, value] as const]))
  return points.map((values) => ({ values, flags: withValues(flags, values), name: nameOf(values) }))
}

function axisOf(text: string): { path: string; values: unknown[] } {
  const cut = text.indexOf('=')
  if (cut < 1)
    throw new DcError(`--grid ${printable(text)}: expected path=value,value, such as options.epsilon=0.05,0.1.`)
  const [path, given] = [text.slice(0, cut), text.slice(cut + 1)]
  if (path === 'seed' || path === 'seeds') throw new OptionError('--grid', path, 'settings; --seeds gives the seeds')
  const values = listOf(given).map((value) => readValue(path, value))
  if (values.length === 0) throw new OptionError(`--grid ${printable(path)}`, given, 'values joined by commas')
  const texts = values.map((value) => JSON.stringify(value))
  const twice = texts.find((value, at) => texts.indexOf(value) !== at)
  if (twice !== undefined)
    throw new OptionError(`--grid ${printable(path)}`, given, `each value once; ${printable(twice)} stands twice`)
  return { path, values }
}

function listOf(text: string): unknown[] {
  const whole = parsed(text)
  return Array.isArray(whole) ? whole : text.split(',').map((value) => parsed(value.trim()))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function readValue(path: string, value: unknown): unknown {
  const flag = flagged[path]
  if (value === '') throw new OptionError(`--grid ${printable(path)}`, value, 'a value before and after each comma')
  if (!flag) return value
  try {
    return flag[1](typeof value === 'string' ? value : JSON.stringify(value))
  } catch (error) {
    const allowed = (error as Error).message.replace(/^Allowed: |\.$/g, '')
    throw new OptionError(`--grid ${printable(path)}`, value, allowed)
  }
}

function withValues(flags: RunFlags, values: Point['values']): RunFlags {
  const own = values.flatMap(([path, value]) => (Object.hasOwn(flagged, path) ? [[flagged[path][0], value]] : []))
  const set = values.flatMap(([path, value]) =>
    Object.hasOwn(flagged, path) ? [] : [`${path}=${JSON.stringify(value)}`],
  )
  return { ...flags, ...Object.fromEntries(own), set: [...flags.set, ...set] }
}

const nameOf = (values: Point['values']) =>
  values
    .map(([path, value]) => `${path.split('.').at(-1)}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ') || 'as given'
