import { z } from 'zod'
import { checkPlugin } from './check-plugin'
import { DcError, OptionError } from './errors'
import type { PluginKind, PluginProducts } from './kinds'
import type { Plugin } from './plugin-form'

/**
 * Declares a plugin. Returns the object unchanged; its types are inferred and its form is checked at once.
 *
 * @throws OptionError as {@link checkPlugin}: the name is not lower-case words joined by hyphens, a member or a trait is none
 * @example
 * export const halving = definePlugin({
 *   kind: 'schedule', name: 'halving', apiVersion: 1,
 *   options: z.object({ base: z.number().positive() }),
 *   create: ({ base }) => ({ value: ({ epoch }) => base * 0.5 ** epoch }),
 * })
 */
export function definePlugin<
  const Kind extends PluginKind,
  const Name extends string,
  Schema extends z.ZodType,
  Product extends PluginProducts[Kind],
>(plugin: Plugin<Kind, Name, Schema, Product>): Plugin<Kind, Name, Schema, Product> {
  checkPlugin(plugin)
  return plugin
}

/**
 * Validates options against a plugin's schema and fills in defaults.
 *
 * @throws OptionError naming the option's path, the value given and what is allowed
 */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: unknown,
  path: string,
): z.output<Schema> {
  const result = parsed(schema, options, path)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  let given: unknown = options
  for (const key of issue.path) given = (given as Record<PropertyKey, unknown> | undefined)?.[key]
  const where = [path, ...issue.path.map(String)].join('.')
  if (issue.code === 'unrecognized_keys') {
    const names = namesAt(schema, issue.path)
    const known = names === null ? 'see the documentation' : names.join(', ') || 'none'
    throw new OptionError(
      `${where}.${issue.keys[0]}`,
      (given as Record<string, unknown>)[issue.keys[0]],
      `options ${known}`,
    )
  }
  throw new OptionError(where, given, inWords(issue.message))
}

/** The names that an object may have at a path of a schema; null where that is not known. */
function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] | null {
  let at = bare(schema)
  for (const key of path) {
    if (at instanceof z.ZodObject) at = bare((at.shape as Record<PropertyKey, z.ZodType>)[key])
    else if (at instanceof z.ZodArray) at = bare(at.element as z.ZodType)
    else return null
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : null
}

/** Without what makes a value optional. */
function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  let at = schema
  while (at instanceof z.ZodOptional || at instanceof z.ZodNullable || at instanceof z.ZodDefault)
    at = at.unwrap() as z.ZodType
  return at
}

const typesInWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'names and values',
  record: 'names and values',
}

/** What zod says of a value of another type, as what is allowed. */
function inWords(message: string): string {
  const type = /^Invalid input: expected (\w+), received \w+$/.exec(message)?.[1]
  return type === undefined ? message : (typesInWords[type] ?? message)
}

/** A schema may hold functions of its author's, which may fail, or be async. */
function parsed<Schema extends z.ZodType>(schema: Schema, options: unknown, path: string) {
  try {
    return schema.safeParse(options)
  } catch (error) {
    throw new DcError(`${path}: its schema of options fails: ${String(error)}`, { path }, error)
  }
}
