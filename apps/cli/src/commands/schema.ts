import { z } from 'zod'
import { configFileSchema } from '../config/config-file'
import type { Terminal } from '../terminal/output'
import { jsonText } from '../terminal/text'

/** `dclust schema`: what a configuration file may hold, as JSON Schema (draft 2020-12). */
export function schema({ stdout }: Terminal): number {
  const found = z.toJSONSchema(configFileSchema, { io: 'input', unrepresentable: 'any' })
  stdout.write(`${jsonText({ ...found, title: 'A configuration file of dclust' }, 2)}\n`)
  return 0
}
