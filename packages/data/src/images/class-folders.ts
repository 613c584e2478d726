import { someOf } from '../some-of'

/** Folders of these names are parts of a data set, not classes, where there are no others beside them. */
const partNames = new Set([
  ...['train', 'training', 'val', 'valid', 'validation', 'dev', 'test', 'testing', 'unlabeled', 'unlabelled'],
  ...['images', 'image', 'imgs', 'img', 'jpegimages', 'masks', 'mask', 'annotations', 'segmentation', 'segmentations'],
  ...['segmentationclass', 'segmentationobject', 'trimaps', 'depth', 'thumbnails'],
])

/** Which folders are classes. */
export interface ClassFolders {
  /** How many folders lie between the data set's own and its class folders; null if there are no classes. */
  readonly depth: number | null
  readonly notices: readonly string[]
}

/**
 * Finds the class folders of images: the first level that has at least two folders. A single folder, and folders that are all named
 * as parts of a data set (`train`, `test`, `images`, `masks`, …), are looked into. Where more images lie beside the class
 * folders than in them, there are no classes.
 *
 * @param images of each the names of the folders on the way to it
 */
export function findClassFolders(images: readonly (readonly string[])[]): ClassFolders {
  const parts: string[] = []
  const inside: string[] = []
  for (let depth = 0; ; depth++) {
    const inner = images.filter((within) => within.length > depth)
    const folders = new Set(inner.map((within) => within[depth]))
    const here = images.filter((within) => within.length === depth).length
    const isPart = folders.size > 0 && [...folders].every((name) => partNames.has(name.toLowerCase()))
    if (isPart || (folders.size === 1 && here === 0)) {
      if (isPart) parts.push(...folders)
      inside.splice(0, inside.length, ...folders)
      continue
    }
    const beside = images.length - inner.length
    if (folders.size < 2 || beside > inner.length)
      return { depth: null, notices: notClasses(parts, folders, inner.length, beside) }
    const notices = depth === 0 ? [] : [`the classes are the folders inside of ${someOf(inside)}`]
    return { depth, notices }
  }
}

/** Why folders give no labels, where they might be thought to. */
function notClasses(parts: readonly string[], folders: ReadonlySet<string>, inside: number, beside: number): string[] {
  const asked = "classes: 'folders' takes the first sub-folders as classes"
  if (inside > 0)
    return [
      `no labels: ${beside} images lie beside the sub-folders ${someOf([...folders])}, ${inside} in them; ${asked}`,
    ]
  if (parts.length < 2) return []
  return [`no labels: the folders ${someOf(parts)} are named as parts of a data set, not as classes; ${asked}`]
}
