import { explore } from '@dc/explore'
import { elements } from '../explore/page-data'
import { explorerData } from './explorer-data'
import { readPageData } from './unpack'

/** Puts the map that people work in where the drawing was. Where a browser cannot, the drawing stays. */
async function start(): Promise<void> {
  const root = document.getElementById(elements.root)
  if (!root || typeof DecompressionStream === 'undefined') return
  explore(root, explorerData(await readPageData()), { address: true })
  root.hidden = false
  document.getElementById(elements.still)?.remove()
  document.querySelectorAll<HTMLElement>('[data-show]').forEach((button) => {
    button.hidden = false
  })
}

void start()
