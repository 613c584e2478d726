import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { zipped } from './pack'
import { elements, type PageData } from './page-data'
import { zippedScript } from './script'
import type { Sheets } from './sheets'

/** The script of every page. */
export const script = gunzipSync(Buffer.from(zippedScript, 'base64')).toString()

/** What the page may do: run its own script, and ask for nothing. */
export const contentPolicy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The data of the page, the sheets of pictures, and the script that reads them. Data are base64, which no text can leave. */
export function Scripts({ data, sheets }: { data: Omit<PageData, 'pictures'>; sheets: Sheets | undefined }) {
  const held = (text: string) => ({ type: 'application/octet-stream', dangerouslySetInnerHTML: { __html: text } })
  const whole: PageData = { ...data, ...(sheets && { pictures: sheets.pictures }) }
  return (
    <>
      <script id={elements.data} {...held(zipped(whole))} />
      {sheets?.files.map((file, at) => (
        <script key={at} class={elements.sheet} {...held(Buffer.from(file).toString('base64'))} />
      ))}
      <script dangerouslySetInnerHTML={{ __html: script }} />
    </>
  )
}
