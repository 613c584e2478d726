import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { download, fetchArchive, unpackTar } from '../index'

/** A ustar archive of files. */
function tar(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).map(([name, text]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(Buffer.byteLength(text).toString(8).padStart(11, '0'), 124)
    header.write('        ', 148)
    header.write('0ustar', 156)
    header.write(
      header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0'),
      148,
    )
    header[154] = 0
    const data = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512)
    data.write(text)
    return Buffer.concat([header, data])
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

const body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251))
const sha256 = createHash('sha256').update(body).digest('hex')
const packed = gzipSync(tar({ 'set/a.txt': 'a'.repeat(1000), 'set/b.txt': 'b' }))
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
    const rest = body.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
    if (request.url === '/breaks' && broken++ < 2)
      return response.write(rest.subarray(0, 100_000), () => setImmediate(() => response.destroy()))
    return response.end(rest)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

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
})

describe('unpackTar', () => {
  it('unpacks plain and compressed archives', async () => {
    const sha = createHash('sha256').update(packed).digest('hex')
    const target = join(folder, 'set')
    await mkdir(target)
    await fetchArchive({ url: `${base}/set.tar.gz`, sha256: sha }, target)
    expect(await readdir(target)).toEqual(['set'])
    expect(await readFile(join(target, 'set', 'a.txt'), 'utf8')).toBe('a'.repeat(1000))
    await writeFile(join(folder, 'plain.tar'), tar({ 'one.txt': 'one' }))
    expect(await unpackTar(join(folder, 'plain.tar'), folder)).toEqual(['one.txt'])
  })

  it('refuses broken archives and paths that lead out', async () => {
    await writeFile(join(folder, 'out.tar'), tar({ '../out.txt': 'x' }))
    await expect(unpackTar(join(folder, 'out.tar'), folder)).rejects.toThrow(/outside of its folder/)
    await writeFile(join(folder, 'cut.tar.gz'), packed.subarray(0, 60))
    await expect(unpackTar(join(folder, 'cut.tar.gz'), folder)).rejects.toThrow(/cannot be unpacked|not a whole tar/)
    await writeFile(join(folder, 'no.tar'), 'x'.repeat(600))
    await expect(unpackTar(join(folder, 'no.tar'), folder)).rejects.toThrow(/checksum is wrong/)
  })
})
