import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DcError } from '@dc/core'
import { runsIn } from '../compare/read-runs'
import { script } from '../report/explore/scripts'
import { RunFolder } from '../run/folder'
import { liveRowsFile } from './live'
import { runMain, startMain, wholePage } from './page'
import { type RunState, readState } from './read-state'

/** A server that shows runs. */
export interface Watching {
  /** With the token, without which it answers nothing. */
  readonly url: string
  close(): Promise<void>
}

/** What the pages may do: run their own script, and ask this server alone. */
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Serves the run in a folder, or the runs in folders of it, on this machine alone. Each answer needs the token of the address, and the
 * name of this machine in the request, so that no page of another site can read it. Nothing but runs is served, and no path is taken from a
 * request.
 *
 * @param port 0 takes a free one
 * @throws DataError if there is no run; DcError if the port cannot be had
 */
export async function watchRuns(path: string, port = 0): Promise<Watching> {
  runsIn(path)
  const token = randomBytes(16).toString('hex')
  const server = createServer((request, response) => {
    answer(path, token, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new DcError(`--port ${port}: nothing can be served there: ${error.message}.`, { port }, error)),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: own } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${own}/?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(path: string, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, text: string, more: Record<string, string> = {}) => {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...more,
    })
    response.end(request.method === 'HEAD' ? undefined : text)
  }
  const refuse = (status: number, why: string) => send(status, why, { 'content-type': 'text/plain; charset=utf-8' })
  const { port } = request.socket.address() as AddressInfo
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? ''))
    return refuse(403, 'Not here.\n')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET.\n')
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (!same(searchParams.get('token') ?? '', token))
    return refuse(403, 'The address that dclust printed has a token.\n')
  const folders = runsIn(path)
  const alone = folders.length === 1 && folders[0] === path
  const [, number] = /^\/run\/(\d{1,6})$/.exec(pathname) ?? []
  const at = pathname === '/' && alone ? 0 : number === undefined ? -1 : Number(number)
  const query = `?token=${token}`
  const asked = searchParams.get('part')
  const part = asked === 'main'
  if (pathname === '/' && !alone) {
    const runs = await Promise.all(
      folders.map(async (each, place) => ({ run: await stateOf(each), link: `/run/${place}${query}` })),
    )
    const main = startMain(
      path,
      runs.flatMap(({ run, link }) => (run ? [{ run, link }] : [])),
    )
    return send(200, part ? main : wholePage('dclust', 'works', main), { 'content-security-policy': policy })
  }
  if (folders[at] === undefined) return refuse(404, 'No such run.\n')
  const folder = RunFolder.open(folders[at])
  const state = await readState(folder)
  const json = (text: string) => send(200, text, { 'content-type': 'application/json' })
  if (asked === 'sample') return json(JSON.stringify(state.live.sample ?? null))
  // It may be gone by now.
  if (asked === 'rows') return json(await folder.read(liveRowsFile).catch(() => 'null'))
  // The report brings its own rules of what it may do.
  if (state.state === 'finished' && !part && folder.has('report.html'))
    return send(200, await folder.read('report.html'))
  const main = runMain(state, alone ? null : `/${query}`)
  const headers = { 'content-security-policy': policy, 'x-state': state.state }
  send(200, part ? main : wholePage(`${state.config.pipeline}: ${state.state}`, state.state, main, true), headers)
}

/** Null for a run that cannot be read just now. */
const stateOf = (path: string): Promise<RunState | null> => readState(RunFolder.open(path)).catch(() => null)

function same(given: string, token: string): boolean {
  const [a, b] = [given, token].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a, b)
}
