import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fileChecksum } from '@dc/core/cache'
import { DataError, fileReason, OptionError, printable, quoted } from '@dc/core/plugin'

/** How {@link download} fetches. */
export interface DownloadOptions {
  /** SHA-256 of the whole file, 64 hexadecimal digits. */
  readonly sha256: string
  /** The most bytes the file may have; 8 GiB by default. */
  readonly maxBytes?: number
  /** Most seconds without a byte arriving; 60 by default. */
  readonly idleSeconds?: number
  /** Most seconds for the whole download; 6 hours by default. What has arrived by then is kept. */
  readonly maxSeconds?: number
  /** How often a broken transfer is resumed. */
  readonly retries?: number
  readonly onProgress?: (bytes: number, total: number | null) => void
}

/**
 * Downloads a file once. It resumes a partial download, verifies the checksum, and only then gives the file its name.
 *
 * A file that exists with the right checksum is not fetched again. The bytes that have arrived are kept in `PATH.part`. The
 * next call asks the server for the rest (`Range`), and starts over if the server does not support ranges.
 *
 * @param url `http:` or `https:`
 * @returns the path
 * @throws DataError if the server cannot be reached (the message says where to put the file by hand), answers with an error,
 * keeps breaking off or falling silent, or sends more than `maxBytes`; also if the checksum differs, and the wrong file is
 * then removed
 * @example
 * await download('https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz', 'cifar-10-binary.tar.gz', {
 *   sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
 * })
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<string> {
  const { sha256, retries = 3, maxSeconds = 6 * 60 * 60 } = options
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new OptionError('sha256', sha256, '64 hexadecimal digits, lower case')
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new OptionError('url', url, 'an address that begins with http:// or https://')
  if ((await fileChecksum(path)) === sha256) return path
  const part = `${path}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    const late = AbortSignal.timeout(maxSeconds * 1000)
    for (let attempt = 0; ; attempt++) {
      try {
        await fetchRest(url, part, path, late, options)
        break
      } catch (error) {
        if (DataError.isInstance(error)) throw error
        if (attempt >= retries || late.aborted)
          throw broken(url, path, late.aborted ? `it took over ${maxSeconds} seconds` : reason(error), error)
      }
    }
    const found = await fileChecksum(part)
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
  } catch (error) {
    if (DataError.isInstance(error)) throw error
    throw new DataError(`Cannot write ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  }
}

/** Appends the missing bytes to the partial file. */
async function fetchRest(
  url: string,
  part: string,
  path: string,
  late: AbortSignal,
  { maxBytes = 8 * 2 ** 30, idleSeconds = 60, onProgress = () => {} }: DownloadOptions,
): Promise<void> {
  const stop = new AbortController()
  const onLate = () => stop.abort(late.reason)
  late.addEventListener('abort', onLate)
  const silence = setTimeout(
    () => stop.abort(new Error(`nothing arrived for ${idleSeconds} seconds`)),
    idleSeconds * 1000,
  )
  const tooLong = (bytes: number) =>
    new DataError(
      `${url} has ${bytes} bytes or more; at most ${maxBytes} are fetched. If it is to be trusted, give 'maxBytes'.`,
      {
        url,
        bytes,
        maxBytes,
      },
    )
  let file: FileHandle | undefined
  try {
    const have = (await stat(part).catch(() => null))?.size ?? 0
    const response = await connect(url, have, path, stop.signal)
    if (response.status === 416 && have > 0) return // Nothing is missing: the checksum decides.
    if (!response.ok || !response.body)
      throw new DataError(`${url} answered ${response.status} ${printable(response.statusText)}.`, {
        url,
        status: response.status,
      })
    const resumed = response.status === 206
    if (resumed && !response.headers.get('content-range')?.startsWith(`bytes ${have}-`)) {
      await rm(part, { force: true })
      throw new Error('the server sent another part than was asked for')
    }
    const length = Number(response.headers.get('content-length') ?? Number.NaN)
    let bytes = resumed ? have : 0
    const total = length >= 0 ? length + bytes : null
    if (total !== null && total > maxBytes) throw tooLong(total)
    file = await open(part, resumed ? 'a' : 'w')
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      silence.refresh()
      bytes += piece.length
      if (bytes > maxBytes) {
        await rm(part, { force: true })
        throw tooLong(bytes)
      }
      for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten
      onProgress(bytes, total)
    }
  } finally {
    clearTimeout(silence)
    late.removeEventListener('abort', onLate)
    await file?.close()
    // Cancels the rest of an answer that is not wanted.
    stop.abort()
  }
}

async function connect(url: string, have: number, path: string, signal: AbortSignal): Promise<Response> {
  // With a content encoding, lengths and ranges would count compressed bytes.
  const headers = { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) }
  try {
    return await fetch(url, { headers, signal })
  } catch (error) {
    throw new DataError(
      `Cannot reach ${new URL(url).host}: ${reason(error)}. Without a connection, fetch ${url} elsewhere and save it as ${quoted(path)}.`,
      { url, path },
      error,
    )
  }
}

function broken(url: string, path: string, why: string, error: unknown): DataError {
  return new DataError(
    `The download of ${quoted(basename(path))} from ${url} broke off: ${why}. What has arrived is kept; run it again to go on.`,
    { url, path },
    error,
  )
}

/** The reason of a failed `fetch`, which stands in the error's cause. */
function reason(error: unknown): string {
  const { cause, message } = error as { cause?: { message?: string; code?: string }; message: string }
  return printable(cause?.code ?? cause?.message ?? message)
}
