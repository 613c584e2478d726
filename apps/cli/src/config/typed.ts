import type { Typed } from '@dc/pipelines'
import { type Choices, type RunFlags, variableOf } from './flags'
import { applySettings } from './set-path'

/**
 * The settings that their user gave: by a flag, by `--set`, in the environment or in a file.
 *
 * @example
 * typedSettings({ set: ['options.heads=2'], plugin: [] }).source('options.heads') // '--set options.heads'
 */
export function typedSettings(flags: RunFlags): Typed {
  const said = applySettings<unknown>({}, flags.set)
  const { environment = {}, file } = flags
  return {
    source(path) {
      const flag = flagOf(path, flags)
      if (flag !== null) return `--${flag}`
      if (reaches(said, path)) return `--set ${path}`
      const variable = flagOf(path, environment)
      if (variable !== null) return variableOf(variable)
      return file && reaches(file.content, path) ? `--config ${file.path}: ${path}` : null
    },
  }
}

/** The flag that gives the value at a path. */
function flagOf(path: string, { data, labels, onBadImage, ...choices }: Choices): string | null {
  const given: Record<string, keyof typeof choices> = {
    k: 'k',
    preset: 'preset',
    encoder: 'encoder',
    'data.options.text': 'text',
    'data.options.id': 'id',
    'data.options.ignore': 'ignore',
    'encoder.name': 'encoder',
    'encoder.options': 'encoder',
    'encoder.options.model': 'encoder',
    'training.epochs': 'epochs',
    'training.batchSize': 'batchSize',
    'training.learningRate.options.from': 'lr',
    'training.learningRate.options.value': 'lr',
  }
  const choice = given[path]
  if (choice !== undefined && choices[choice] !== undefined) return choice === 'batchSize' ? 'batch-size' : choice
  if (choices.init !== undefined && (path === 'init' || path === 'start')) return 'init'
  if (choices.start !== undefined && ['init', 'start', 'start.pipeline'].includes(path)) return 'start'
  if (path === 'seeds' || path.startsWith('seeds.'))
    return choices.seed !== undefined ? 'seed' : choices.seeds !== undefined ? 'seeds' : null
  if (onBadImage !== undefined && path === 'data.options.onBadImage') return 'on-bad-image'
  if (labels !== undefined && (path === 'data.options.label' || path === 'data.options.labels')) return 'labels'
  return data !== undefined && (path === 'data.name' || path === 'data.options.path') ? 'data' : null
}

/** Whether a value was given at a path, or whole around it. A part that is given by its name says nothing of its options. */
export function reaches(value: unknown, path: string): boolean {
  let at = value
  for (const key of path.split('.')) {
    if (typeof at === 'string' && key === 'name') return true
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false
    at = (at as Record<string, unknown>)[key]
  }
  return at !== undefined
}
