import { type PluginKind, type PluginReference, pluginReference, type Registry } from '@dc/core'
import { z } from 'zod'

/** An option of a plugin, for people. */
export interface OptionRow {
  /** As `--set` has it below the plugin's own place: `projection.options.width`. */
  readonly path: string
  /** What its values may be: `an integer ≥ 2`. */
  readonly allowed: string
  /** Its default; left out where there is none. */
  readonly default?: unknown
  /** Whether it must be given. */
  readonly required: boolean
  readonly description: string
}

/** What JSON Schema says of a value, as far as it is told. */
interface Schema {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema | Schema[]
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minLength?: number
  pattern?: string
  kind?: PluginKind
}

/**
 * The options of a plugin by its schema, with those of the parts that it has by default.
 *
 * @returns null if its schema is not one of zod's, and cannot be shown
 * @throws UnknownPluginError
 */
export function optionRows(kind: PluginKind, name: string, registry: Registry): OptionRow[] | null {
  const schema = jsonSchemaOf(registry.get(kind, name).options)
  return schema && rowsOf(schema, '', registry, [`${kind} ${name}`])
}

/** The schema of values as they are given; null if it is not one of zod's. */
export function jsonSchemaOf(schema: unknown): Schema | null {
  try {
    return z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Schema
  } catch {
    return null
  }
}

/** @param around the plugins that this one is a part of, so that parts of parts end */
function rowsOf(schema: Schema, prefix: string, registry: Registry, around: readonly string[]): OptionRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, own]) => {
    const path = `${prefix}${name}`
    const required = schema.required?.includes(name) === true
    const row = {
      path,
      allowed:
        own.kind === undefined
          ? allowedOf(own)
          : `${/^[aeiou]/.test(own.kind) ? 'an' : 'a'} ${own.kind}, by name or { name, options }`,
      ...(own.default !== undefined && { default: own.default }),
      required,
      description: own.description ?? '',
    }
    return [row, ...partRows(own, path, registry, around), ...rowsOf(objectIn(own), `${path}.`, registry, around)]
  })
}

/** The members of an option that is an object, or may be one. */
function objectIn(schema: Schema): Schema {
  if (schema.kind !== undefined) return {}
  return schema.properties ? schema : ((schema.anyOf ?? schema.oneOf ?? []).find(({ properties }) => properties) ?? {})
}

function partRows({ kind, default: initial }: Schema, path: string, registry: Registry, around: readonly string[]) {
  if (kind === undefined || initial === undefined) return []
  const { name, options } = pluginReference(initial as PluginReference)
  const own = `${kind} ${name}`
  const schema =
    registry.has(kind, name) && !around.includes(own) ? jsonSchemaOf(registry.get(kind, name).options) : null
  const rows = schema ? rowsOf(schema, `${path}.options.`, registry, [...around, own]) : []
  // What the plugin gives its part goes before the part's own default.
  return rows.map((row) => {
    const given = options[row.path.slice(`${path}.options.`.length)]
    return given === undefined ? row : { ...row, default: given, required: false }
  })
}

/** What the values of a schema may be, in words. */
function allowedOf(schema: Schema): string {
  const { type, items, properties } = schema
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(allowedOf))].join(' or ')
  if (schema.enum) return schema.enum.map((value) => (value === null ? 'null' : String(value))).join(', ')
  if (schema.const !== undefined) return String(schema.const)
  if (type === 'integer' || type === 'number')
    return `${type === 'integer' ? 'an integer' : 'a number'}${rangeOf(schema)}`
  if (type === 'array') {
    const each = Array.isArray(items) || !items ? (schema.prefixItems ?? []) : items
    const what = Array.isArray(each) ? each.map(allowedOf).join(', ') : `each ${allowedOf(each)}`
    return `a list${schema.minItems ? ` of at least ${schema.minItems}` : ''}${what ? `: ${what}` : ''}`
  }
  if (type === 'object') return properties ? `{ ${Object.keys(properties).join(', ')} }` : 'an object'
  if (type === 'boolean') return 'true, false'
  if (type === 'string') return schema.minLength ? 'a text that is not empty' : 'a text'
  return type === 'null' ? 'null' : 'anything'
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  // Every integer of zod's is one that float64 holds.
  const bounded = (value: number | undefined): value is number =>
    value !== undefined && Math.abs(value) !== Number.MAX_SAFE_INTEGER
  const low = bounded(exclusiveMinimum) ? ` > ${exclusiveMinimum}` : bounded(minimum) ? ` ≥ ${minimum}` : ''
  const high = bounded(exclusiveMaximum) ? ` < ${exclusiveMaximum}` : bounded(maximum) ? ` ≤ ${maximum}` : ''
  return `${low}${low && high ? ' and' : ''}${high}`
}
