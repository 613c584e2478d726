const decoded = /\.(jpe?g|jpe|jfif|a?png|webp|avif|gif|tiff?)$/i
// Pictures that sharp's prebuilt libvips does not read, or that have no size of their own.
const otherPicture =
  /\.(bmp|dib|heic|heif|hif|svgz?|ico|icns|psd|psb|xcf|ai|eps|pdf|jp2|j2k|jpx|jxl|tga|p[bgpn]m|exr|hdr|dds|dng|cr[23w]|nef|arw|orf|rw2|raf|pef|srw|raw|dcm|nii)$/i
const anyEnding = /\.[a-z][a-z0-9]{0,9}$/i

/** What the name of a file says: an image that is decoded, a picture of another kind, or no picture. */
export function kindByName(name: string): 'image' | 'other picture' | 'no picture' {
  if (decoded.test(name)) return 'image'
  return otherPicture.test(name) ? 'other picture' : 'no picture'
}

/** Whether a name has no ending, so that it may be a folder's. */
export function hasNoEnding(name: string): boolean {
  return !anyEnding.test(name)
}

/** The ending in lower case: `.jpg` of `a.JPG`; empty if there is none. */
export function endingOf(name: string): string {
  return (anyEnding.exec(name)?.[0] ?? '').toLowerCase()
}
