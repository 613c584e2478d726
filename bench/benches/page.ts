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
  'tfjs-wasm': { backend: 'wasm', isolated: false },
  'tfjs-webgpu, a software adapter': { backend: 'webgpu', isolated: true, gpu: software },
}
interface Step {
  readonly ms: number
  readonly facts: Readonly<Record<string, string>>
}

/** Steps of 256 rows in an epoch of the 1,797 digits. */
const steps = 7

export default defineBench({
  name: 'page',
  description: "a step of BootSC on the digits in headless Chromium, by each of the page's backends",
  async run(context) {
    if (!browserPath) throw new Error('no chromium, chromium-browser or google-chrome here')
    const found: Record<string, Step> = {}
    for (const [name, way] of Object.entries(ways)) {
      if (!context.wants(name)) continue
      context.log(name)
      found[name] = await stepOf(way, context)
    }
    return Object.entries(found).map(([name, { ms, facts }]) => {
      const others = Object.entries(found).filter(([other]) => other !== name)
      const peers = Object.fromEntries(others.map(([other, { ms }]) => [other, ms]))
      return compare(name, ms, peers, { quality: facts, note: 'median epoch ÷ 7 steps' })
    })
  },
})

/** Trains in the page, and reads what it says of it. */
async function stepOf({ backend, isolated, gpu }: Way, { quick }: BenchContext): Promise<Step> {
  const served = await servePage({ isolated })
  const browser = await openBrowser(gpu)
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(1_800_000)
    await page.goto(`${served.address}?backend=${backend}`)
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await page.getByRole('radio', { name: /^BootSC/ }).check()
    await page.getByRole('button', { name: 'Train' }).click()
    // A software adapter takes a minute for an epoch.
    if (quick || gpu) {
      await page.getByText(/^([2-9]|\d\d) of 40/).waitFor()
      await page.getByRole('button', { name: 'Enough: label by what it has learned' }).click()
    }
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    const fact = async (term: string) =>
      (await page.locator('.facts div', { hasText: term }).locator('dd').textContent()) ?? ''
    const facts = { epochs: await fact('epochs'), 'whole training': await fact('took'), by: await fact('computed by') }
    return { ms: (1000 * Number.parseFloat(await fact('an epoch'))) / steps, facts }
  } finally {
    await browser.close()
    served.close()
  }
}
