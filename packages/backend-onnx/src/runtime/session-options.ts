/** How ONNX Runtime runs a model. */
export interface SessionOptions {
  /** Threads inside one operator; 0 (default) is one per physical core. */
  readonly threads?: number
  /** Execution providers in order of preference; default `['cpu']`. */
  readonly providers?: readonly (string | { readonly name: string; readonly [option: string]: unknown })[]
  /** Whether threads wait actively for the next operator: faster for steps of many small operators, busy when idle. */
  readonly spinning?: boolean
  /** ONNX Runtime's own graph rewriting; default `all`. */
  readonly optimization?: 'disabled' | 'basic' | 'extended' | 'all'
  /** Outputs that stay in the device's memory; the others go to the host's. */
  readonly kept?: readonly string[]
  /** Writes a Chrome trace of every operator to a file with this prefix, on `dispose`. */
  readonly profile?: string
}

/** The options as the binding takes them. */
export function nativeOptions(options: SessionOptions): object {
  return {
    executionProviders: options.providers ?? ['cpu'],
    intraOpNumThreads: options.threads ?? 0,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Planned memory would be added to the memory of the first run, and is no faster.
    enableMemPattern: false,
    graphOptimizationLevel: options.optimization ?? 'all',
    logSeverityLevel: 3,
    extra: {
      session: {
        intra_op: { allow_spinning: options.spinning === false ? '0' : '1' },
        // Between runs the other cores work for JavaScript and its garbage collector.
        force_spinning_stop: '1',
      },
      // It would undo `rewrite-layout`: transposes that move one axis each would become one slow general transpose.
      optimization: { disable_specified_optimizers: 'TransposeOptimizer' },
    },
    ...(options.kept && {
      preferredOutputLocation: Object.fromEntries(options.kept.map((name) => [name, 'gpu-buffer'])),
    }),
    ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
  }
}
