import { useRef, useState } from 'preact/hooks'
import { type Client, startWorker } from '../worker/client'
import type { Frame, Outcome, Report, Source, Summary, Task } from '../worker/messages'

type Progress = Extract<Report, { tell: 'progress' }>

/** Where the page stands. */
export interface Session {
  readonly at: 'empty' | 'reading' | 'ready' | 'working' | 'done'
  readonly summary?: Summary
  readonly task?: Task
  readonly progress?: Progress
  /** Of one phase after the other: the losses of the training so far. */
  readonly frame?: Frame
  readonly outcome?: Outcome
  readonly backend?: Extract<Report, { tell: 'backend' }>
  /** What went wrong, in the library's words. */
  readonly problem?: string
  /** Whether the training was told to end. */
  readonly stopping?: boolean
}

/** What people do in the page. */
export interface Actions {
  read(source: Source): void
  fit(task: Task): void
  /** Ends a training after its epoch, with the labels so far. */
  stop(): void
  /** Ends whatever runs, at once; the map and the labels that were seen last stay. */
  quit(): void
  /** Goes back to the choice of data. */
  restart(): void
}

/** The state of the page and what changes it. */
export function useSession(): [Session, Actions] {
  const [session, setSession] = useState<Session>({ at: 'empty' })
  const worker = useRef<Client | null>(null)
  /** What was read, to read it again where a worker had to be ended. */
  const source = useRef<Source | null>(null)

  const told = (report: Report) => {
    setSession((before): Session => {
      const { problem: _, ...sound } = before
      switch (report.tell) {
        case 'read':
          // After a worker was ended, the rows are read again behind what is shown.
          return before.at === 'reading' ? { at: 'ready', summary: report.summary } : before
        case 'progress':
          return before.at === 'working' || before.at === 'reading' ? { ...before, progress: report } : before
        case 'backend':
          return { ...before, backend: report }
        case 'frame':
          return before.at === 'working' ? { ...before, frame: report.frame } : before
        case 'done':
          return { ...sound, at: 'done', outcome: report.outcome, frame: report.outcome, stopping: false }
        case 'failed':
          return {
            ...before,
            at: before.summary ? (before.outcome ? 'done' : 'ready') : 'empty',
            problem: report.message,
            stopping: false,
          }
      }
    })
  }
  const client = () => {
    worker.current ??= startWorker(told)
    return worker.current
  }
  const end = () => {
    worker.current?.end()
    worker.current = null
  }

  const actions: Actions = {
    read(from) {
      end()
      source.current = from
      setSession({ at: 'reading' })
      client().ask({ ask: 'read', source: from })
    },
    fit(task) {
      setSession(({ summary, backend }) => ({
        at: 'working',
        task,
        ...(summary && { summary }),
        ...(backend && { backend }),
      }))
      client().ask({ ask: 'fit', ...task })
    },
    stop() {
      setSession((before) => ({ ...before, stopping: true }))
      client().ask({ ask: 'stop' })
    },
    quit() {
      end()
      setSession(({ progress: _, ...before }) => ({
        ...before,
        at: before.summary ? 'ready' : 'empty',
        stopping: false,
      }))
      if (source.current) client().ask({ ask: 'read', source: source.current })
    },
    restart() {
      end()
      source.current = null
      setSession({ at: 'empty' })
    },
  }
  return [session, actions]
}
