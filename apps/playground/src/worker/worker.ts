// All that takes time: reading, training, labelling, layouts.
import { type Dataset, DcError, printableLines } from '@dc/core'
import { fitRows } from './fit-rows'
import type { Report, Request } from './messages'
import { readRows } from './read-rows'
import { summaryOf } from './summary'

const tell = (report: Report, transfer: Transferable[] = []) => postMessage(report, { transfer })

/** What was asked for last. After a worker was ended, a method may be asked for while its successor still reads. */
let rows: Promise<Dataset> | undefined
let stopping = new AbortController()

async function answer(request: Request): Promise<void> {
  if (request.ask === 'stop') {
    stopping.abort()
    return
  }
  if (request.ask === 'read') {
    rows = readRows(request.source, (progress) => tell({ tell: 'progress', ...progress }))
    const summary = await summaryOf(await rows)
    tell({ tell: 'read', summary }, [...(summary.sheets?.images ?? [])])
    return
  }
  stopping = new AbortController()
  const { signal } = stopping
  await fitRows(await rows!, request, { tell, stop: signal })
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  answer(data).catch((error: unknown) => {
    // What is ours says what was found and what is allowed; anything else is a fault, and is called so.
    const ours = DcError.isInstance(error)
    const text = error instanceof Error ? error.message : String(error)
    tell({ tell: 'failed', message: printableLines(ours ? text : `A fault of this page: ${text}`) })
  })
})
