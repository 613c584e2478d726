import { explore } from '@dc/explore'
import { elements } from '../explore/page-data'
import { explorerData } from './explorer-data'
import { watch } from './live'
import { readPageData } from './unpack'

/** Puts the map that people work in where the drawing was. Where a browser cannot, the drawing stays. */
async function start(root: HTMLElement): Promise<void> {
  if (typeof DecompressionStream === 'undefined') return
  const sheet = (index: number) => document.querySelectorAll(`.${elements.sheet}`)[index].textContent!
  explore(root, explorerData(await readPageData(), sheet), { address: true })
  root.hidden = false
  document.getElementById(elements.still)?.remove()
  document.querySelectorAll<HTMLElement>('[data-show]').forEach((button) => {
    button.hidden = false
  })
}

const root = document.getElementById(elements.root)
if (root) void start(root)
// A page of dclust watch.
else void watch()
