import type { Report, Request } from './messages'
import workerUrl from './worker?worker&url'

/** The worker, as the page speaks to it. */
export interface Client {
  ask(request: Request): void
  /** Ends it, whatever it does. */
  end(): void
}

/**
 * Starts the worker.
 *
 * It begins as a `blob:`, which inherits the page's policy: a worker by its own address would have none, and could send rows
 * elsewhere.
 */
export function startWorker(told: (report: Report) => void): Client {
  const address = new URL(workerUrl, import.meta.url).href
  const start = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)}`], { type: 'text/javascript' }))
  const worker = new Worker(start, { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => told(data))
  worker.addEventListener('error', ({ message }) =>
    told({ tell: 'failed', message: `The worker did not start, or ended: ${message || 'no reason was given'}` }),
  )
  return {
    ask: (request) => worker.postMessage(request),
    end: () => {
      worker.terminate()
      URL.revokeObjectURL(start)
    },
  }
}
