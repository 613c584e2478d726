import { DataError, fileReason, nodeModule, quoted } from '@dc/core'
import { openSafetensors, type Safetensors } from '@dc/core/safetensors'

/**
 * Opens a `.safetensors` file while `use` runs. Tensors are read when they are asked for: the file may be larger than 2 GiB
 * and hold other networks too.
 *
 * @throws DataError if the file cannot be read or is of another format; for PyTorch's format the message says how to convert
 * it
 */
export function withWeightFile<T>(path: string, use: (file: Safetensors) => T): T {
  const fs = nodeModule<typeof import('node:fs')>('node:fs', 'Reading weights from a file')
  const stat = reading(path, () => fs.statSync(path))
  if (!stat.isFile()) throw new DataError(`Cannot read the weights ${quoted(path)}: it is no file.`, { path })
  const descriptor = reading(path, () => fs.openSync(path, 'r'))
  try {
    const read = (begin: number, end: number) => reading(path, () => readRange(fs, descriptor, begin, end))
    const what = otherFormat(read(0, Math.min(start, stat.size)))
    if (what) throw new DataError(`${quoted(path)} is no .safetensors file: ${what}`, { path })
    return use(openSafetensors({ name: path, size: stat.size, read }))
  } finally {
    fs.closeSync(descriptor)
  }
}

function reading<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException)?.code !== 'string') throw error
    throw new DataError(`Cannot read the weights ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  }
}

/** Most bytes that one system call may read. */
const mostAtOnce = 2 ** 30

function readRange(
  { readSync }: Pick<typeof import('node:fs'), 'readSync'>,
  descriptor: number,
  begin: number,
  end: number,
): Uint8Array {
  const bytes = new Uint8Array(end - begin)
  let at = 0
  while (at < bytes.length) {
    const found = readSync(descriptor, bytes, at, Math.min(mostAtOnce, bytes.length - at), begin + at)
    if (found === 0) return bytes.subarray(0, at)
    at += found
  }
  return bytes
}

const start = 64
const convert =
  "Convert it once in Python: save_file({k: v.contiguous() for k, v in torch.load(FILE, map_location='cpu', " +
  "weights_only=True).items()}, 'weights.safetensors') of safetensors.torch, or of the dictionary inside it, such as ['state_dict']."

/** How other formats begin that people give in place of safetensors. */
const formats: readonly [beginning: string | RegExp, what: string][] = [
  ['PK\x03\x04', `it is a zip archive, as PyTorch's .pt, .pth and .bin files are. ${convert}`],
  ['\x80', `it is a Python pickle, as PyTorch's older .pt and .pth files are. ${convert}`],
  ['\x89HDF', "it is an HDF5 file, as Keras' are."],
  ['GGUF', 'it is a GGUF file.'],
  ['version https://git-lfs', 'it is a pointer of Git LFS. Fetch the file itself by git lfs pull.'],
  [/^\s*<(!doctype|html|\?xml)/i, 'it is a web page. Download the file itself.'],
  [/^\{\s*"/, 'it is JSON, perhaps the index of several files. Weights are taken from one file.'],
]

function otherFormat(bytes: Uint8Array): string | undefined {
  // A safetensors header's length is below 2³², and its first character is a brace.
  if (bytes[7] === 0 && bytes[8] === 0x7b) return undefined
  const text = String.fromCharCode(...bytes)
  return formats.find(([beginning]) =>
    typeof beginning === 'string' ? text.startsWith(beginning) : beginning.test(text),
  )?.[1]
}
