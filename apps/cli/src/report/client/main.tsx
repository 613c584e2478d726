import { render } from 'preact'
import { elements } from '../explore/page-data'
import { Explorer } from './explorer'
import { rowsOf } from './rows'
import { readPageData } from './unpack'

/** Puts the map that people work in where the drawing was. Where a browser cannot, the drawing stays. */
async function start(): Promise<void> {
  const root = document.getElementById(elements.root)
  if (!root || typeof DecompressionStream === 'undefined') return
  const rows = rowsOf(await readPageData())
  render(<Explorer rows={rows} />, root)
  root.hidden = false
  document.getElementById(elements.still)?.remove()
  document.querySelectorAll<HTMLElement>('[data-show]').forEach((button) => {
    button.hidden = false
  })
}

void start()
