import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { DataError, OptionError } from '@dc/core'

/** How {@link download} fetches. */
export interface DownloadOptions {
  /** SHA-256 of the whole file, 64 hexadecimal digits. */
  readonly sha256: string
  /** How often a broken transfer is taken up again. */
  readonly retries?: number
  readonly onProgress?: (bytes: number, total: number | null) => void
}

/**
 * Downloads a file once: resumes a part that is there, verifies the checksum, and only then gives the file its name.
 *
 * A file that exists with the right checksum is not fetched again. What has arrived is kept in `PATH.part`; the next call
 * asks the server for the rest (`Range`), and starts over if the server does not know ranges.
 *
 * @returns the path
 * @throws DataError if the server cannot be reached (offline: it says where to put the file by hand), answers with an
 * error, keeps breaking off, or the checksum differs; the wrong file is then removed
 * @example
 * await download('https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz', 'cifar-10-binary.tar.gz', {
 *   sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
 * })
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<string> {
  const { sha256, retries = 3, onProgress = () => {} } = options
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new OptionError('sha256', sha256, '64 hexadecimal digits, lower case')
  if ((await checksum(path)) === sha256) return path
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  for (let attempt = 0; ; attempt++) {
    try {
      await fetchRest(url, part, path, onProgress)
      break
    } catch (error) {
      if (DataError.isInstance(error) || attempt >= retries) throw broken(url, path, error)
    }
  }
  const found = await checksum(part)
  if (found !== sha256) {
    await rm(part, { force: true })
    throw new DataError(`${url} has SHA-256 ${found}; expected ${sha256}. The file was removed.`, {
      url,
      found,
      sha256,
    })
  }
  await rename(part, path)
  return path
}

/** Appends to the part what is still missing of it. */
async function fetchRest(
  url: string,
  part: string,
  path: string,
  onProgress: NonNullable<DownloadOptions['onProgress']>,
): Promise<void> {
  const have = (await stat(part).catch(() => null))?.size ?? 0
  const response = await connect(url, have, path)
  if (response.status === 416 && have > 0) return // Nothing is missing: the checksum decides.
  if (!response.ok || !response.body)
    throw new DataError(`${url} answered ${response.status} ${response.statusText}.`, { url, status: response.status })
  const resumed = response.status === 206
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  const total = Number.isFinite(length) ? length + (resumed ? have : 0) : null
  let bytes = resumed ? have : 0
  const handle = await open(part, resumed ? 'a' : 'w')
  try {
    for await (const chunk of Readable.fromWeb(response.body as WebStream<Uint8Array>)) {
      await handle.write(chunk)
      bytes += chunk.length
      onProgress(bytes, total)
    }
  } finally {
    await handle.close()
  }
}

async function connect(url: string, have: number, path: string): Promise<Response> {
  try {
    return await fetch(url, have > 0 ? { headers: { range: `bytes=${have}-` } } : {})
  } catch (error) {
    throw new DataError(
      `Cannot reach ${new URL(url).host}: ${reason(error)}. Without a connection, fetch ${url} elsewhere and save it as '${path}'.`,
      { url, path },
      error,
    )
  }
}

function broken(url: string, path: string, error: unknown): DataError {
  if (DataError.isInstance(error)) return error
  return new DataError(
    `The download of ${basename(path)} from ${url} broke off: ${reason(error)}. What has arrived is kept; run it again to go on.`,
    { url, path },
    error,
  )
}

/** `fetch` hides why it failed in the cause. */
function reason(error: unknown): string {
  const { cause, message } = error as { cause?: { message?: string; code?: string }; message: string }
  return cause?.code ?? cause?.message ?? message
}

/** SHA-256 of a file, or null if it is not there. */
async function checksum(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  } catch {
    return null
  }
  return hash.digest('hex')
}
