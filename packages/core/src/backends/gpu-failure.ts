import { BackendError } from '../errors'

/** How GPU libraries say that the device is gone, and that it has no memory left. */
const failures = [
  {
    pattern:
      /device\b.{0,40}\blost\b|\blost\b.{0,20}\bdevice\b|device (removed|hung)|CUDA_ERROR_(DEINITIALIZED|ECC|LAUNCH)/i,
    what: 'The GPU was lost in the middle of the work: its driver was reset, or another program or the system took it.',
    help: 'Try again; if it happens again, go on without the GPU',
  },
  {
    pattern:
      /out of memory|out of device memory|OUT_OF_(DEVICE_|HOST_)?MEMORY|(failed|unable) to allocate|CUDA failure 2\b/i,
    what: 'The GPU has too little free memory for this work.',
    help: 'Close what else uses it, take smaller batches (--batch-size), or go on without the GPU',
  },
  {
    pattern: /OffscreenCanvas is not defined/,
    what: 'A step reads a tensor at once, which backend webgpu cannot do in Node.',
    help: 'Take a backend that can',
  },
] as const

/**
 * What a GPU's failure means to its user, told by the text of an error.
 *
 * @returns an error that says what to do, with the given one as its cause; null for errors of any other kind
 * @example
 * const lost = new Error('A valid external Instance reference no longer exists. Device is lost.')
 * throw gpuFailure(lost) ?? lost
 */
export function gpuFailure(error: unknown): BackendError | null {
  if (!(error instanceof Error) || BackendError.isInstance(error)) return null
  const found = failures.find(({ pattern }) => pattern.test(error.message))
  if (!found) return null
  const { what, help } = found
  const said = error.message.split('\n')[0]
  return new BackendError(
    `${what} ${help}: --backend onnx, or --backend cpu. What was trained until the last checkpoint is kept; dclust run --resume goes on with it. (${said})`,
    { said },
    error,
  )
}

/**
 * Makes the reads of a backend fail once its device is lost. Without it they would wait for ever.
 *
 * @param backend its `read` is replaced
 * @param lost resolves when the device is lost
 */
export function failWhenLost<Read extends { read(...given: never[]): Promise<unknown> }>(
  backend: Read,
  lost: Promise<{ readonly message?: string }>,
): void {
  const failed = lost.then(({ message }) => {
    throw new Error(`Device lost. ${message ?? ''}`.trim())
  })
  // Nobody may be reading when it happens.
  failed.catch(() => {})
  const read = backend.read.bind(backend)
  backend.read = ((...given: never[]) => Promise.race([read(...given), failed])) as Read['read']
}
