import type { Binding, NativeSession, NativeTensor } from '../runtime/native'

type Feeds = Record<string, NativeTensor>
type Fetches = Record<string, NativeTensor | null>

/** Changes how sessions of a binding run or load. */
export function bindingWith(
  binding: Binding,
  change: (session: NativeSession) => { run?: NativeSession['run']; refuses?: (model: Buffer) => string | null },
): Binding {
  return {
    listSupportedBackends: () => binding.listSupportedBackends(),
    InferenceSession: class {
      constructor() {
        const session = new binding.InferenceSession()
        const { run = (...given) => session.run(...given), refuses = () => null } = change(session)
        const loadModel = (buffer: ArrayBuffer, offset: number, length: number, options: object) => {
          const why = refuses(Buffer.from(buffer, offset, length))
          if (why !== null) throw new Error(why)
          session.loadModel(buffer, offset, length, options)
        }
        Object.assign(this, { run, loadModel })
        for (const name of ['inputMetadata', 'outputMetadata'] as const)
          Object.defineProperty(this, name, { get: () => session[name] })
        Object.assign(this, { dispose: () => session.dispose(), endProfiling: () => session.endProfiling() })
      }
    } as unknown as Binding['InferenceSession'],
  }
}

const isNull = ([, target]: [string, NativeTensor | null]) => target === null
const allocating = (fetches: Fetches): Fetches => Object.fromEntries(Object.keys(fetches).map((name) => [name, null]))

/** What later versions of onnxruntime-node may do otherwise, and the reason that is then told. */
export const otherBindings: Record<string, { make(binding: Binding): Binding; reason: RegExp }> = {
  'says it in other words': {
    reason: /^it fails: element type bfloat16 has no typed array$/,
    make: (binding) =>
      bindingWith(binding, (session) => ({
        run(feeds: Feeds, fetches: Fetches, options) {
          try {
            return session.run(feeds, fetches, options)
          } catch (error) {
            const { message } = error as Error
            throw /Tensor type \(16\)/.test(message) ? new Error('element type bfloat16 has no typed array') : error
          }
        },
      })),
  },
  'has an array for every type': {
    reason: /^it fails: a type that JavaScript has no array for was no obstacle$/,
    make: (binding) =>
      bindingWith(binding, (session) => ({
        run(feeds: Feeds, fetches: Fetches, options) {
          const known = Object.entries(fetches).filter((entry) => !isNull(entry) || !/written/.test(entry[0]))
          return session.run(feeds, Object.fromEntries(known), options)
        },
      })),
  },
  'leaves given arrays alone': {
    reason: /^it does not write its results into the arrays that it is given$/,
    make: (binding) =>
      bindingWith(binding, (session) => ({
        run: (feeds: Feeds, fetches: Fetches, options) => session.run(feeds, allocating(fetches), options),
      })),
  },
  'writes at the start of the memory that an array lies in': {
    reason: /^it does not write its results into the arrays that it is given$/,
    make: (binding) =>
      bindingWith(binding, (session) => ({
        run(feeds: Feeds, fetches: Fetches, options) {
          const moved = Object.entries(fetches).map(([name, target]) => {
            if (target === null) return [name, null]
            const { buffer, length } = target.data
            const data = new (target.data.constructor as Float32ArrayConstructor)(buffer as ArrayBuffer, 0, length)
            return [name, { ...target, data }]
          })
          return session.run(feeds, Object.fromEntries(moved), options)
        },
      })),
  },
  'writes over its inputs': {
    reason: /^it changes its inputs$/,
    make: (binding) =>
      bindingWith(binding, (session) => ({
        run(feeds: Feeds, fetches: Fetches, options) {
          try {
            return session.run(feeds, fetches, options)
          } finally {
            if (Object.values(fetches).some((target) => target !== null))
              for (const { data } of Object.values(feeds)) if (data instanceof Float32Array) data.fill(0)
          }
        },
      })),
  },
  'rejects models with the type': {
    reason: /^it fails: bfloat16 is not built in$/,
    make: (binding) =>
      bindingWith(binding, () => ({
        refuses: (model) => (model.includes('written') ? 'bfloat16 is not built in' : null),
      })),
  },
}

/** A binding that no way works with: its results are wrong. */
export const wrongBinding = (binding: Binding): Binding =>
  bindingWith(binding, (session) => ({
    run(feeds: Feeds, fetches: Fetches, options) {
      const results = session.run(feeds, allocating(fetches), options)
      for (const { data } of Object.values(results)) if (data instanceof Float32Array) data.fill(1)
      return results
    },
  }))
