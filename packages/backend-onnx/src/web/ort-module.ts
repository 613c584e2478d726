/** A pointer into the module's memory. */
export type Address = number

/**
 * What onnxruntime-web's WebAssembly module offers: ONNX Runtime's C interface, compiled by Emscripten. In its build without a GPU
 * every call is synchronous. Its public class only wraps this in promises.
 */
export interface OrtModule {
  /** The memory as bytes; another array after the memory has grown. */
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): Address
  _free(address: Address): void
  getValue(address: Address, type: 'i32' | '*'): number
  setValue(address: Address, value: number, type: 'i32' | '*'): void
  UTF8ToString(address: Address): string
  stringToUTF8(text: string, address: Address, bytes: number): void
  lengthBytesUTF8(text: string): number
  _OrtInit(threads: number, loggingLevel: number): number
  _OrtGetLastError(code: Address, message: Address): number
  _OrtCreateSessionOptions(
    optimization: number,
    memoryArena: boolean,
    memoryPattern: boolean,
    executionMode: number,
    profiling: boolean,
    profilePrefix: Address,
    logId: Address,
    logSeverity: number,
    logVerbosity: number,
    optimizedModel: Address,
  ): Address
  _OrtAddSessionConfigEntry(options: Address, key: Address, value: Address): number
  _OrtReleaseSessionOptions(options: Address): number
  _OrtCreateSession(model: Address, bytes: number, options: Address): Address
  _OrtReleaseSession(session: Address): number
  _OrtGetInputOutputCount(session: Address, inputs: Address, outputs: Address): number
  _OrtGetInputOutputMetadata(session: Address, index: number, name: Address, metadata: Address): number
  _OrtFree(address: Address): number
  _OrtCreateTensor(type: number, data: Address, bytes: number, dims: Address, rank: number, location: number): Address
  _OrtGetTensorData(tensor: Address, type: Address, data: Address, dims: Address, rank: Address): number
  _OrtReleaseTensor(tensor: Address): number
  _OrtRun(
    session: Address,
    inputNames: Address,
    inputs: Address,
    inputCount: number,
    outputNames: Address,
    outputCount: number,
    outputs: Address,
    options: Address,
  ): number
}

/** How the module is started. */
export interface OrtModuleSettings {
  readonly numThreads: number
  /** The address of the module's binary. */
  locateFile?(name: string): string
}

const [word, noMessage] = [4, 'it gives no reason']

/** Memory of the module that is given back at the end. */
export class Scratch {
  private readonly addresses: Address[] = []

  constructor(private readonly module: OrtModule) {}

  /** Room for so many bytes. */
  bytes(count: number): Address {
    const address = this.module._malloc(Math.max(count, 1))
    if (address === 0) throw new Error(`no room for ${count} bytes in ONNX Runtime's memory`)
    this.addresses.push(address)
    return address
  }

  /** Room for so many addresses or 32-bit numbers. */
  words(values: readonly number[]): Address {
    const address = this.bytes(word * values.length)
    values.forEach((value, at) => {
      this.module.setValue(address + word * at, value, 'i32')
    })
    return address
  }

  text(text: string): Address {
    const bytes = this.module.lengthBytesUTF8(text) + 1
    const address = this.bytes(bytes)
    this.module.stringToUTF8(text, address, bytes)
    return address
  }

  /** A copy of these bytes. */
  copy(bytes: Uint8Array): Address {
    const address = this.bytes(bytes.byteLength)
    // Only now: room for it may have been made by a larger memory.
    this.module.HEAPU8.set(bytes, address)
    return address
  }

  free(): void {
    for (const address of this.addresses.splice(0)) this.module._free(address)
  }
}

/** The 32-bit numbers from here on, signed; an address beyond 2 GB is negative among them, and may be given so. */
export function wordsAt(module: OrtModule, address: Address, count: number): number[] {
  return Array.from({ length: count }, (_, at) => module.getValue((address + word * at) >>> 0, 'i32'))
}

/** @throws Error with ONNX Runtime's message if a call has failed */
export function checked(module: OrtModule, failed: boolean): void {
  if (!failed) return
  const scratch = new Scratch(module)
  try {
    const told = scratch.words([0, 0])
    module._OrtGetLastError(told, told + word)
    const [, message] = wordsAt(module, told, 2)
    throw new Error(message === 0 ? noMessage : module.UTF8ToString(message >>> 0))
  } finally {
    scratch.free()
  }
}
