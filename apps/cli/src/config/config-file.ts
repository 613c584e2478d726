import { readFile, stat } from 'node:fs/promises'
import { DataError, DcError, fileReason, parseOptions, printable, quoted, type Registry } from '@dc/core'
import { parseData } from '@dc/data'
import { dataFields, methodFields, type TrainingSettings, trainingFields } from '@dc/pipelines'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { type RunConfig, runConfigSchema } from './run-config'

const { training: _, ...others } = methodFields
const { data: __, ...own } = runConfigSchema.shape

/** A part by its name; or changes of its options, if it is the one that the preset has. */
const part = z
  .union(
    [z.string(), z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) }).partial()],
    'a name, { name, options } or { options }',
  )
  .describe('a name, { name, options }, or { options } to change some')

/** What a configuration file may hold: any part of a run's configuration. `config.resolved.json` is one, too. */
export const configFileSchema = z
  .strictObject({
    ...own,
    ...others,
    data: z
      .union([z.string().min(1), dataFields.partial({ options: true })], 'what --data takes, or { name, options }')
      .describe('as --data has it, or the name of a data set and its options'),
    training: trainingFields.extend({ optimizer: part, learningRate: part }).partial().nullable(),
  })
  .partial()

/** What a configuration file says; what it leaves out is left to the preset. */
export type ConfigContent = Omit<Partial<RunConfig>, 'training'> & { training?: Partial<TrainingSettings> | null }

/** A configuration file that was read. */
export interface ConfigFile {
  readonly path: string
  readonly content: ConfigContent
}

/** Bytes of the longest file that is looked at. */
const most = 2 ** 20
/** Names that would reach into every object. */
const forbidden = ['__proto__', 'constructor', 'prototype']

/**
 * Reads a configuration file: YAML 1.2, of which JSON is a part. In YAML 1.2 `no` is a text and `1e-3` a number.
 *
 * @throws DataError if it cannot be read or parsed, is longer than 1 MiB, has a name twice, or is no mapping; OptionError for a
 * setting that there is not, or a value that it cannot have
 */
export async function readConfigFile(path: string, registry: Registry): Promise<ConfigFile> {
  const value = parseYaml(await readText(path), path)
  const where = `--config ${printable(path)}: config`
  // Not what the schema makes of it: its defaults would go before the preset.
  parseOptions(configFileSchema, value, where)
  const content = value as ConfigContent & { data?: string | RunConfig['data'] }
  const data = typeof content.data === 'string' ? parseData(content.data, registry, `${where}.data`) : content.data
  return { path, content: { ...content, ...(data && { data: { ...data, options: data.options ?? {} } }) } }
}

async function readText(path: string): Promise<string> {
  const problem = (why: string, cause?: unknown) =>
    new DataError(`--config: cannot read ${quoted(path)}: ${why}.`, { path }, cause)
  try {
    const found = await stat(path)
    if (!found.isFile()) throw problem('it is no file')
    if (found.size > most) throw problem(`it has ${found.size} bytes, and a configuration at most ${most}`)
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    throw problem(error instanceof TypeError ? 'it is not UTF-8' : fileReason(error), error)
  }
}

function parseYaml(text: string, path: string): Record<string, unknown> {
  const problem = (why: string, cause?: unknown) =>
    new DataError(`--config ${printable(path)}: ${why}.`, { path }, cause)
  const document = parseDocument(text, { schema: 'core', merge: true, stringKeys: true })
  const [wrong] = [...document.errors, ...document.warnings]
  if (wrong) throw problem(printable(wrong.message.split('\n')[0].replace(/:$/, ''), 300), wrong)
  let value: unknown
  try {
    // Aliases of aliases would grow without end.
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw problem(printable((error as Error).message, 300), error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw problem(
      `it holds ${value === null ? 'nothing' : 'no settings'}; write names and values, such as 'pipeline: bootsc'`,
    )
  refuseForbidden(value, problem)
  return value as Record<string, unknown>
}

function refuseForbidden(value: object, problem: (why: string) => DataError): void {
  for (const name of Object.getOwnPropertyNames(value)) {
    if (forbidden.includes(name)) throw problem(`${quoted(name)} is no name of a setting`)
    const member = (value as Record<string, unknown>)[name]
    if (typeof member === 'object' && member !== null) refuseForbidden(member, problem)
  }
}

/**
 * A configuration changed by a file's: member by member, but a part that is called by another name comes without the options
 * of the one before, and lists and `beside` are replaced.
 */
export function mergeConfig(config: unknown, { beside, ...content }: ConfigContent): unknown {
  const merged = merge(config, content) as object
  return beside === undefined ? merged : { ...merged, beside }
}

function merge(before: unknown, said: unknown): unknown {
  if (!isMembers(said)) return said
  const old = typeof before === 'string' ? { name: before } : before
  if (!isMembers(old) || (typeof said.name === 'string' && said.name !== old.name)) return structuredClone(said)
  const merged: Record<string, unknown> = { ...old }
  for (const [name, value] of Object.entries(said)) merged[name] = merge(old[name], value)
  return merged
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
