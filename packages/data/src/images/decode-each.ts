import { DataError } from '@dc/core/plugin'
import { defaultConcurrency, mapBounded } from './concurrency'
import { checkDecodeOptions, type DecodeOptions, decodeFile } from './decode'
import type { ImageFile } from './image-file'

/**
 * Decodes images, several at a time.
 *
 * @returns in their order the pixels of each, `height × width × channels` bytes, or the error of one that is bad
 * @throws OptionError for a size, fit, … that is not allowed; MissingPeerError if `sharp` is not installed
 * @example
 * const found = await decodeEach([{ path: 'a.jpg', label: -1 }], { size: [64, 64] })
 */
export async function decodeEach(
  images: readonly ImageFile[],
  options: DecodeOptions,
  concurrency = defaultConcurrency,
): Promise<(Uint8Array | DataError)[]> {
  checkDecodeOptions(options)
  return mapBounded(images, concurrency, async (image) => {
    try {
      return await decodeFile(image, options)
    } catch (error) {
      if (DataError.isInstance(error)) return error
      throw error
    }
  })
}
