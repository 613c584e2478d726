import { OptionError, throwIfInterrupted } from '@dc/core/plugin'
import type { ShardCall, ShardContext, ShardRunner } from './runner'
import { shardTasks } from './tasks'

/** Does one call. @throws OptionError for a task that there is not, or arguments that it does not take */
export async function runTask({ task: name, args }: ShardCall, context: ShardContext): Promise<Uint8Array> {
  const task = shardTasks.find((task) => task.name === name)
  if (!task) throw new OptionError('task', name, shardTasks.map(({ name }) => name).join(', '))
  const checked = task.args.safeParse(args)
  if (checked.success) return task.run(checked.data, context)
  const [{ path, message }] = checked.error.issues
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], args)
  throw new OptionError(`${['args', ...path].map(String).join('.')} of ${name}`, value, message)
}

/** Does all calls in this process, one after the other. */
export function inThisProcess(signal?: AbortSignal): ShardRunner {
  return {
    async run(calls, onAnswer) {
      for (const [at, call] of calls.entries()) {
        throwIfInterrupted(signal)
        const context = { ...(signal && { signal }), value: async (name: string) => call.values![name] }
        await onAnswer(await runTask(call, context), at)
      }
    },
  }
}
