import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type DownloadOptions, download } from './download'
import { unpackTar } from './tar'

/** Archives with a canonical address. Lengths and checksums are those recorded by TensorFlow Datasets. */
export const archives = {
  'cifar-10': {
    url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
    bytes: 170_052_171,
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  },
  'cifar-100': {
    url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
    bytes: 168_513_733,
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
  },
  'stl-10': {
    url: 'http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz',
    bytes: 2_640_397_119,
    sha256: 'f31fd99273a1acb8609c8db427cebb1de3f71de77758cdc0e22956e1289b9866',
  },
} as const

/**
 * Downloads an archive into a folder, verifies it, unpacks it there, and removes the archive.
 *
 * @throws DataError as {@link download} and {@link unpackTar}; if the archive is longer than `bytes`
 * @example
 * await fetchArchive(archives['cifar-10'], '/data')   // /data/cifar-10-batches-bin/…
 */
export async function fetchArchive(
  archive: { readonly url: string; readonly sha256: string; readonly bytes?: number },
  folder: string,
  options: Pick<DownloadOptions, 'onProgress'> = {},
): Promise<void> {
  const path = join(folder, basename(new URL(archive.url).pathname))
  await download(archive.url, path, { sha256: archive.sha256, maxBytes: archive.bytes, ...options })
  await unpackTar(path, folder)
  await rm(path)
}
