import { type Command, Option } from 'commander'
import { type Choices, type RunFlags, variableOf } from '../config/flags'

const choices = [
  'data',
  'labels',
  'on-bad-image',
  'k',
  'preset',
  'init',
  'start',
  'encoder',
  'text',
  'epochs',
  'batch-size',
  'lr',
  'seed',
  'seeds',
]
const variables = [...choices, 'config', 'backend', 'threads', 'queue']

/** Lets the environment give what the flags of a command leave out; said before it has any. */
export function fromEnvironment(command: Command): Command {
  command.createOption = (flags, description) => {
    const option = new Option(flags, description)
    return variables.includes(option.name()) ? option.env(variableOf(option.name())) : option
  }
  return command
}

/** The flags of a command, apart from what the environment says. */
export function layered<Flags extends RunFlags>(given: Flags, command: Command): Flags {
  const flags = { ...given }
  const environment: Record<string, unknown> = {}
  for (const name of choices.map((flag) => flag.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())))
    if (command.getOptionValueSource(name) === 'env') {
      environment[name] = given[name as keyof Choices]
      delete flags[name as keyof Choices]
    }
  return { ...flags, environment }
}

/** Of DCLUST_DEBUG see `terminal/explain.ts`. */
const known = [...variables, 'debug'].map(variableOf)

/** Variables that look like ours and are not: a misspelt one would be passed over in silence. */
export const strangers = (): string[] =>
  Object.keys(process.env).filter((name) => /^DCLUST_/.test(name) && !known.includes(name))
