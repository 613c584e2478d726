import { type Explored, type ExplorerData, explore } from '@dc/explore'
import type { LiveRows, LiveSample } from '../../watch/live-rows'
import { liveElements } from '../../watch/live-rows'
import { explorerData } from './explorer-data'

/** Milliseconds between two looks at the server. */
const pause = 1500

const part = (name: string) =>
  fetch(`${location.pathname}${location.search}&part=${name}`, { cache: 'no-store' }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status))
    return answer
  })

/** Keeps a page of `dclust watch` as things stand: what the server says, and the map of some rows of a run that trains. */
export async function watch(): Promise<void> {
  const state = document.getElementById(liveElements.state)
  if (!state) return
  const map = liveMap()
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    try {
      const answer = await part('main')
      const text = await answer.text()
      if (answer.headers.get('x-state') === 'finished' && state.dataset.state === 'works') return location.reload()
      if (text !== state.innerHTML) state.innerHTML = text
      await map?.()
      document.body.classList.remove('gone')
    } catch {
      document.body.classList.add('gone')
    }
  }
}

/** Shows where the rows lie, once they lie somewhere; the first look is at once. */
function liveMap(): (() => Promise<void>) | undefined {
  const root = document.getElementById(liveElements.map)
  if (!root) return undefined
  let [shown, rows, last]: [Explored | undefined, ExplorerData | undefined, string] = [undefined, undefined, '']
  const look = async () => {
    const text = await (await part('sample')).text()
    if (text === last || text === 'null') return
    if (!rows) {
      const found: LiveRows | null = await (await part('rows')).json()
      if (!found) return
      rows = explorerData(found.page, (index) => found.sheets[index])
    }
    last = text
    const data = placed(rows, JSON.parse(text))
    if (shown) shown.update(data)
    else {
      root.hidden = false
      shown = explore(root.querySelector<HTMLElement>('div')!, data, { address: true })
    }
  }
  void look().catch(() => {})
  return look
}

function placed(rows: ExplorerData, { labels, places }: LiveSample): ExplorerData {
  const k = 1 + labels.reduce((most, label) => Math.max(most, label), rows.clusters.length - 1)
  return {
    ...rows,
    x: Float32Array.from(labels, (_, row) => places[2 * row]),
    y: Float32Array.from(labels, (_, row) => places[2 * row + 1]),
    labelings: [{ name: 'cluster', title: 'the network now', labels: Int32Array.from(labels) }],
    clusters: Array.from({ length: k }, (_, cluster) => ({ cluster, name: `cluster ${cluster}`, colour: cluster })),
  }
}
