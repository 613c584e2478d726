import type { ElementArray } from '../runtime/element-type'
import type { SessionOptions } from '../runtime/session-options'
import { Buffers } from './buffers'
import { CompiledGraph } from './compiled-graph'
import { DeviceArrays, type Traffic } from './device-arrays'
import { type Trace, trace } from './trace'
import type { Node, Storage, Value } from './value'

/** Counts for tests and for people who wonder what happens. */
export interface Statistics {
  /** Models compiled since the start. */
  compiled: number
  /** Graphs run. */
  flushes: number
  /** Operators in the compiled models that are kept. */
  nodes: number
  /** Compiled models that are kept. */
  sessions: number
  /** Bytes that runs were given and have given back; on a device, what went over the bus. */
  traffic: Traffic
}

/**
 * Bytes of working memory that sessions not in use may keep together. The first step of a training is a graph of its own, for
 * there are no momenta yet. Its memory must not be kept as long as the training runs.
 */
const idleMemory = 256 * 2 ** 20

/** After so many rebuilds of a graph, because a number in it had changed, all its numbers become inputs. */
const rebuildLimit = 3

interface CacheEntry {
  graph: CompiledGraph
  /** Contents compiled in, per input of the trace; null where the input is fed. */
  baked: (ElementArray | null)[]
  rebuilds: number
}

/** Runs graphs, compiling each structure once. */
export class Executor {
  readonly buffers = new Buffers()
  private readonly traffic: Traffic = { toDevice: 0, fromDevice: 0 }
  /** Where arrays may stay between runs; null where they are the host's. */
  private readonly device: DeviceArrays | null
  private readonly cache = new Map<string, CacheEntry>()
  private compiled = 0
  private flushes = 0

  constructor(
    private readonly options: SessionOptions,
    /** Compiled models kept; the one not used for longest goes first. */
    private readonly capacity: number,
  ) {
    this.device = DeviceArrays.of(options, this.traffic)
  }

  /** Whether graphs run on a device of its own memory. */
  get isOnDevice(): boolean {
    return Boolean(this.options.providers)
  }

  /** Whether {@link executeKeeping} can leave arrays on the device. */
  get keeps(): boolean {
    return this.device !== null
  }

  get statistics(): Statistics {
    let nodes = 0
    for (const { graph } of this.cache.values()) nodes += graph.nodeCount
    return {
      compiled: this.compiled,
      flushes: this.flushes,
      nodes,
      sessions: this.cache.size,
      traffic: { ...this.traffic },
    }
  }

  /** Computes pending values and stores their results in them. */
  run(outputs: readonly Value[], nodes?: readonly Node[]): void {
    const graph = trace(outputs, nodes)
    const results = this.execute(
      graph,
      graph.inputs.map(({ storage }) => storage!),
    )
    outputs.forEach((output, i) => {
      output.settle(results[i])
    })
  }

  /**
   * Computes a graph's outputs.
   *
   * @param feeds what the graph's inputs are
   * @param targets arrays for some of the outputs; the others get arrays from {@link buffers}, which are then the caller's
   */
  execute(
    graph: Trace,
    feeds: readonly Storage[],
    targets: readonly (ElementArray | undefined)[] = [],
  ): ElementArray[] {
    const results = graph.outputs.map(({ type, size }, i) => targets[i] ?? this.buffers.take(type, size))
    this.entry(graph, feeds).graph.run(graph, feeds, results)
    this.flushes++
    this.buffers.tick()
    return results
  }

  /** An array on the device, for all graphs that read it; only where {@link keeps}. */
  bring(storage: Storage, { type, shape }: Value): Storage {
    return this.device!.bring(storage, type, shape)
  }

  /** Gives back what {@link bring} has brought. */
  giveBack(there: Storage): void {
    this.device?.giveBack(there)
  }

  /**
   * Computes a graph's outputs, and leaves some on the device; only where {@link keeps}.
   *
   * @param kept for each output, whether it stays there; the others are arrays of the caller's
   */
  executeKeeping(graph: Trace, feeds: readonly Storage[], kept: readonly boolean[]): Storage[] {
    const compiled = this.entry(graph, feeds, kept).graph
    const results = compiled.runKeeping(graph, feeds)
    this.flushes++
    this.buffers.tick()
    return results.map((result) =>
      'location' in result ? this.device!.keep(result, compiled) : { data: result, holders: 0, escaped: false },
    )
  }

  dispose(): void {
    this.device?.dispose()
    for (const { graph } of this.cache.values()) graph.dispose()
    this.cache.clear()
    this.buffers.clear()
  }

  private entry(graph: Trace, feeds: readonly Storage[], kept?: readonly boolean[]): CacheEntry {
    const key = kept ? `${graph.key} kept ${kept.map(Number).join('')}` : graph.key
    const known = this.cache.get(key)
    this.cache.delete(key)
    const entry = known
      ? this.refresh(known, graph, feeds, kept)
      : this.build(graph, feeds, graph.inputs.map(bakeable), 0, kept)
    // The map's order is by last use.
    this.cache.set(key, entry)
    this.evict()
    return entry
  }

  /** Rebuilds a model if a number that was compiled in has changed. That number is then an input. */
  private refresh(entry: CacheEntry, graph: Trace, feeds: readonly Storage[], kept?: readonly boolean[]): CacheEntry {
    const same = entry.baked.map((data, i) => data !== null && sameContents(data, feeds[i].data))
    if (entry.baked.every((data, i) => data === null || same[i])) return entry
    entry.graph.dispose()
    const rebuilds = entry.rebuilds + 1
    return this.build(graph, feeds, rebuilds < rebuildLimit ? same : same.map(() => false), rebuilds, kept)
  }

  private build(
    graph: Trace,
    feeds: readonly Storage[],
    bake: boolean[],
    rebuilds: number,
    kept?: readonly boolean[],
  ): CacheEntry {
    this.compiled++
    const baked = feeds.map(({ data }, i) => (bake[i] ? data.slice() : null))
    return { graph: new CompiledGraph(graph, baked, this.options, this.traffic, kept), baked, rebuilds }
  }

  /** Drops the graphs used longest ago, if there are too many or they keep too much memory; never the last one. */
  private evict(): void {
    const idle = [...this.cache].slice(0, -1)
    let memory = idle.reduce((sum, [, { graph }]) => sum + graph.workingMemory, 0)
    for (const [key, { graph }] of idle) {
      if (this.cache.size <= this.capacity && memory <= idleMemory) return
      memory -= graph.workingMemory
      this.cache.delete(key)
      graph.dispose()
    }
  }
}

function bakeable(value: Value): boolean {
  return value.bake === 'until-changed'
}

function sameContents(a: ElementArray, b: ElementArray): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}
