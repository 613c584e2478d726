import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { download, fetchArchive } from '../index'
import { tar } from '../testing/bytes'

const body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251))
const sha256 = createHash('sha256').update(body).digest('hex')
const packed = gzipSync(
  tar([
    { name: 'set/a.txt', text: 'a'.repeat(1000) },
    { name: 'set/b.txt', text: 'b' },
  ]),
)
let server: Server
let base: string
let folder: string
const requests: (string | undefined)[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'))
  let broken = 0
  server = createServer((request, response) => {
    requests.push(request.headers.range)
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (request.url === '/absent') return response.writeHead(404).end()
    if (request.url === '/set.tar.gz') return response.end(packed)
    if (request.url === '/plain') return response.writeHead(200, { 'content-length': body.length }).end(body)
    if (request.url === '/loop') return response.writeHead(302, { location: '/loop' }).end()
    if (request.url === '/silent') return response.writeHead(200).write('a')
    if (request.url === '/mute') return
    if (request.url === '/dribbles') {
      const more = setInterval(() => response.write('a'), 10)
      return response.on('close', () => clearInterval(more))
    }
    if (request.url === '/endless') {
      // Says nothing of its length.
      const more = () => response.write(body, more)
      return more()
    }
    if (request.url === '/hostile') return response.writeHead(500, 'a\x9b31mb'.repeat(50)).end()
    if (request.url === '/elsewhere' && from > 0)
      return response.writeHead(206, { 'content-range': `bytes 0-9/${body.length}` }).end(body.subarray(0, 10))
    const rest = body.subarray(from)
    const range = from > 0 ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...range })
    if (request.url === '/breaks' && broken++ < 2)
      return response.write(rest.subarray(0, 100_000), () => setImmediate(() => response.destroy()))
    return response.end(rest)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('download', () => {
  it('fetches once', async () => {
    const path = join(folder, 'new', 'once.bin')
    const seen: number[] = []
    await download(`${base}/whole`, path, { sha256, onProgress: (bytes) => seen.push(bytes) })
    expect((await readFile(path)).equals(body)).toBe(true)
    expect(seen.at(-1)).toBe(body.length)
    const before = requests.length
    await download(`${base}/whole`, path, { sha256 })
    expect(requests).toHaveLength(before)
  })

  it('goes on where a transfer broke off', async () => {
    const path = join(folder, 'breaks.bin')
    const before = requests.length
    await download(`${base}/breaks`, path, { sha256 })
    expect((await readFile(path)).equals(body)).toBe(true)
    const ranges = requests.slice(before)
    expect(ranges).toHaveLength(3)
    expect(ranges[0]).toBeUndefined()
    expect(Number(/bytes=(\d+)-/.exec(ranges[2]!)![1])).toBeGreaterThan(0)
  })

  it('resumes a part left by an earlier run, and starts over without ranges', async () => {
    for (const [address, expected] of [
      ['/whole', 'bytes=1234-'],
      ['/plain', 'bytes=1234-'],
    ]) {
      const path = join(folder, `resumed${address.slice(1)}.bin`)
      await writeFile(`${path}.part`, body.subarray(0, 1234))
      await download(`${base}${address}`, path, { sha256 })
      expect(requests.at(-1)).toBe(expected)
      expect((await readFile(path)).equals(body)).toBe(true)
    }
  })

  it('refuses a wrong file and leaves nothing behind', async () => {
    const path = join(folder, 'wrong', 'wrong.bin')
    await expect(download(`${base}/whole`, path, { sha256: '0'.repeat(64) })).rejects.toThrow(
      /has SHA-256 .* expected 000/,
    )
    expect(await readdir(join(folder, 'wrong'))).toEqual([])
    await expect(download(`${base}/absent`, path, { sha256 })).rejects.toThrow(/answered 404 Not Found/)
    await expect(download(`${base}/whole`, path, { sha256: 'abc' })).rejects.toThrow(/sha256: got 'abc'/)
  })

  it('says what to do offline', async () => {
    // Port 9 discards, and nobody listens on it.
    await expect(download('http://127.0.0.1:9/file.bin', join(folder, 'file.bin'), { sha256 })).rejects.toThrow(
      /Cannot reach 127.0.0.1:9: .*fetch http:\/\/127.0.0.1:9\/file.bin elsewhere and save it as/,
    )
  })

  it('starts over when the server sends another part than was asked for', async () => {
    const path = join(folder, 'elsewhere.bin')
    await writeFile(`${path}.part`, body.subarray(0, 1234))
    await download(`${base}/elsewhere`, path, { sha256 })
    expect((await readFile(path)).equals(body)).toBe(true)
  })

  it('fetches no more than the limit, said or sent, and keeps none of what is too long', async () => {
    const path = join(folder, 'long', 'long.bin')
    const maxBytes = body.length - 1
    await expect(download(`${base}/whole`, path, { sha256, maxBytes })).rejects.toThrow(
      /has 300000 bytes or more; at most 299999 are fetched/,
    )
    await expect(download(`${base}/endless`, path, { sha256, maxBytes: 1_000_000 })).rejects.toThrow(
      /at most 1000000 are fetched/,
    )
    expect(await readdir(join(folder, 'long'))).toEqual([])
    await download(`${base}/whole`, path, { sha256, maxBytes: body.length })
  })

  it('waits for no server that falls silent, and not for ever for one that dribbles', async () => {
    const path = join(folder, 'slow.bin')
    const brief = { sha256, retries: 0, idleSeconds: 0.2 }
    await expect(download(`${base}/silent`, path, brief)).rejects.toThrow(/broke off: nothing arrived for 0.2 seconds/)
    await expect(download(`${base}/mute`, path, brief)).rejects.toThrow(/Cannot reach .*: nothing arrived for 0.2/)
    await expect(download(`${base}/dribbles`, path, { sha256, maxSeconds: 0.3 })).rejects.toThrow(
      /broke off: it took over 0.3 seconds. What has arrived is kept/,
    )
  })

  it('follows no endless redirects, and shows what a server says as text', async () => {
    const path = join(folder, 'hostile.bin')
    await expect(download(`${base}/loop`, path, { sha256 })).rejects.toThrow(/Cannot reach .*redirect count exceeded/)
    const message = await download(`${base}/hostile`, path, { sha256 }).catch((error: Error) => error.message)
    expect(message).toMatch(/answered 500 a/)
    expect(message).not.toMatch(/\p{Control}/u)
    expect(message.length).toBeLessThan(400)
    await expect(download('file:///etc/passwd', path, { sha256 })).rejects.toThrow(/url: got 'file:/)
    await expect(download('nowhere', path, { sha256 })).rejects.toThrow(/url: got 'nowhere'/)
  })

  it('says why it cannot write', async () => {
    await writeFile(join(folder, 'a-file'), '')
    await expect(download(`${base}/whole`, join(folder, 'a-file', 'x.bin'), { sha256 })).rejects.toThrow(
      /Cannot write '.*x.bin': /,
    )
  })
})

describe('fetchArchive', () => {
  it('unpacks what it fetched, and removes it', async () => {
    const sha = createHash('sha256').update(packed).digest('hex')
    const target = join(folder, 'set')
    await fetchArchive({ url: `${base}/set.tar.gz`, sha256: sha }, target)
    expect(await readdir(target)).toEqual(['set'])
    expect(await readFile(join(target, 'set', 'a.txt'), 'utf8')).toBe('a'.repeat(1000))
    const short = { url: `${base}/set.tar.gz`, sha256: sha, bytes: packed.length - 1 }
    await expect(fetchArchive(short, join(folder, 'other'))).rejects.toThrow(/bytes or more; at most/)
  })
})
