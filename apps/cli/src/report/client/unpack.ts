import { elements, type Packed, type PageData } from '../explore/page-data'

const arrays = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array } as const

/** The numbers of a page. All machines that browsers run on are little-endian. */
export function unpacked({ type, bytes }: Packed): Int32Array {
  return Int32Array.from(new arrays[type](bytesOf(bytes).buffer))
}

/** Bytes of base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** What the page was given. */
export async function readPageData(): Promise<PageData> {
  const text = document.getElementById(elements.data)!.textContent!
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).json()
}
