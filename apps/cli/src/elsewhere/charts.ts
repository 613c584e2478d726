import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DcError, fileReason, quoted } from '@dc/core'
import { writeWhole } from '@dc/core/cache'
import { style } from '../report/style.css'
import { mixedColour } from './mixed-colour'

/** A chart that stands by itself. */
export interface Chart {
  /** As a file is called: `02-map-by-cluster`. */
  readonly name: string
  /** Light colours on white. */
  readonly svg: string
}

/** Pixels of a picture for each of the drawing. */
const sharpness = 2

/** Every chart of a report, in its order: the report draws them with a description, by which the files are called. */
export function chartsOf(report: string): Chart[] {
  const found = [...report.matchAll(/<div role="img" aria-label="([^"]*)">(<svg.*?<\/svg>)<\/div>/gs)]
  return found.map(([, label, svg], at) => {
    // What follows a colon or comma are numbers.
    const words = label.replace(/&\w+;/g, ' ').split(/[:,]/)[0].toLowerCase()
    const slug = words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
    return { name: `${String(at + 1).padStart(2, '0')}-${slug.slice(0, 60) || 'chart'}`, svg: alone(svg) }
  })
}

/** A drawing of the page with a size, a ground and colours of its own. */
function alone(svg: string): string {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const colours = new Map(
    [...style.matchAll(/(--[\w-]+):\s*([^;]+);/g)].reverse().map(([, name, value]) => [name, value]),
  )
  return svg
    .replace(/ aria-hidden="true" style="[^"]*"/, ` width="${width}" height="${height}"`)
    .replace(/(<svg[^>]*>)/, `$1<rect width="${width}" height="${height}" fill="var(--card)"/>`)
    .replace(/var\((--[\w-]+)\)/g, (whole, name) => colours.get(name) ?? whole)
    .replace(
      /color-mix\(in oklab, (#[0-9a-f]{6}) ([\d.]+)%, (#[0-9a-f]{6})\)/g,
      (_, first: string, share: string, second: string) => mixedColour(first, second, Number(share) / 100),
    )
    .replace(/font-family="inherit"|font-family:\s*inherit/g, (text) =>
      text.includes('=') ? 'font-family="sans-serif"' : 'font-family:sans-serif',
    )
}

/**
 * Writes every chart of a report as SVG and as PNG.
 *
 * @returns the paths, in their order
 * @throws DcError for a folder that cannot be written
 */
export async function writeCharts(report: string, folder: string): Promise<string[]> {
  const { default: sharp } = await import('sharp')
  const paths: string[] = []
  try {
    await mkdir(folder, { recursive: true })
    for (const { name, svg } of chartsOf(report)) {
      const picture = await sharp(Buffer.from(svg), { density: 72 * sharpness })
        .png()
        .toBuffer()
      for (const [ending, content] of Object.entries({ svg, png: picture })) {
        const path = resolve(join(folder, `${name}.${ending}`))
        await writeWhole(path, (file) => file.writeFile(content))
        paths.push(path)
      }
    }
  } catch (error) {
    if (DcError.isInstance(error)) throw error
    throw new DcError(`Cannot write ${quoted(folder)}: ${fileReason(error)}.`, { folder }, error)
  }
  return paths
}
