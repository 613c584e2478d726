import { type Backend, type BackendAttempt, DcError, initBackend } from '@dc/core'
import { assemble, backendCandidates } from '../assembly'
import { loadPlugins } from '../plugins'
import { environment } from '../run/environment'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

/** `dclust doctor`: tries every backend and says what runs, what does not, and why. */
export async function doctor(flags: { json?: boolean; plugin: string[] }, { stdout }: Terminal): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const findings = []
  for (const candidate of backendCandidates(registry)) findings.push(await examine(candidate))
  const chosen = findings.find(({ works }) => works)?.name ?? null
  const { command: _, date: __, ...machine } = environment([])
  if (flags.json) stdout.write(`${jsonText({ chosen, backends: findings, machine })}\n`)
  else {
    const rows = findings.map(({ name, works, about }) => [
      name,
      name === chosen ? 'works, used by default' : works ? 'works' : 'no',
      about,
    ])
    const facts = Object.entries(machine).map(([name, value]) => [name, String(value)])
    stdout.write(`${table(['backend', 'here', 'what or why not'], rows)}\n\n${table(['machine', ''], facts)}\n`)
  }
  return chosen === null ? 1 : 0
}

async function examine(candidate: Backend): Promise<{ name: string; works: boolean; about: string }> {
  try {
    const choice = await initBackend([candidate])
    return { name: candidate.name, works: true, about: choice.description }
  } catch (error) {
    if (!DcError.isInstance(error)) throw error
    const [attempt] = error.facts.attempts as readonly BackendAttempt[]
    return { name: candidate.name, works: false, about: attempt.reason }
  }
}
