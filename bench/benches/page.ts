// A step of training in a page: the playground in headless Chromium by each backend that it has, one after the other.
import { browserPath, openBrowser } from '../../apps/cli/src/report/testing/browser.ts'
import { servePage } from '../../apps/playground/src/testing/served-page.ts'
import { type BenchContext, compare, defineBench } from '../frame.ts'

/** A backend of the page, as `?backend=` names it, and what its browser must offer. */
interface Way {
  readonly backend: string
  readonly isolated: boolean
  readonly gpu?: readonly string[]
}

const software = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
const ways: Readonly<Record<string, Way>> = {
  'onnx-web, one thread': { backend: 'onnx-web', isolated: false },
  'onnx-web, threads': { backend: 'onnx-web', isolated: true },
  'tfjs-wasm, one thread': { backend: 'wasm', isolated: false },
  'tfjs-wasm, threads': { backend: 'wasm', isolated: true },
  'tfjs-webgpu, a software adapter': { backend: 'webgpu', isolated: true, gpu: software },
}
/** Steps of 256 rows in an epoch of the 1,797 digits. */
const steps = 7

export default defineBench({
  name: 'page',
  description: "a step of BootSC on the digits in headless Chromium, by each of the page's backends",
  async run(context) {
    if (!browserPath) throw new Error('no chromium, chromium-browser or google-chrome here')
    const found: Record<string, { ms: number; computedBy: string | null }> = {}
    for (const [name, way] of Object.entries(ways)) {
      if (!context.wants(name)) continue
      context.log(name)
      found[name] = await stepOf(way, context)
    }
    return Object.entries(found).map(([name, { ms, computedBy }]) => {
      const others = Object.entries(found).filter(([other]) => other !== name)
      const peers = Object.fromEntries(others.map(([other, { ms }]) => [other, ms]))
      return compare(name, ms, peers, { quality: { 'computed by': computedBy }, note: 'median epoch ÷ 7 steps' })
    })
  },
})

/** Trains in the page for some epochs, and reads what it says of them. */
async function stepOf({ backend, isolated, gpu }: Way, { quick }: BenchContext) {
  // A software adapter takes a minute for an epoch.
  const epochs = quick || gpu ? 2 : 12
  const served = await servePage({ isolated })
  const browser = await openBrowser(gpu)
  try {
    const page = await browser.newPage({ bypassCSP: true })
    page.setDefaultTimeout(1_800_000)
    await page.goto(`${served.address}?backend=${backend}`)
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await page.getByRole('radio', { name: /^BootSC/ }).check()
    await page.getByRole('button', { name: 'Train' }).click()
    await page
      .getByText(new RegExp(`^(${Array.from({ length: 30 }, (_, at) => epochs + at).join('|')}) of 40`))
      .waitFor()
    await page.getByRole('button', { name: 'Enough: label by what it has learned' }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    const fact = (term: string) => page.locator('.facts div', { hasText: term }).locator('dd').textContent()
    return {
      ms: (1000 * Number.parseFloat((await fact('an epoch')) ?? '')) / steps,
      computedBy: await fact('computed by'),
    }
  } finally {
    await browser.close()
    served.close()
  }
}
