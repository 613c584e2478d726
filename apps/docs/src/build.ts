// `npm run site [-- --base /name/] [--sample]`: assembles the site, builds it into apps/docs/dist, checks its links.
// `npm run site -- --serve` builds it and shows it on this machine.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, serve } from 'vitepress'
import { assemble } from './assemble'
import { lostLinks } from './check-links'
import { root } from './repository'

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: process.env.DC_SITE_BASE ?? '/' },
    sample: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
  },
})
if (!/^\/(.*\/)?$/.test(values.base)) throw new Error(`--base: got ${values.base}; allowed: / or /NAME/`)
const told = await assemble({
  base: values.base,
  repository: process.env.DC_SITE_REPOSITORY,
  // CI's ordinary run: all pages, and the API of two packages.
  ...(values.sample && { api: ['@dc/losses', '@dc/metrics'] }),
})
const site = join(root, 'apps/docs')
await build(site, { base: values.base })
const lost = lostLinks(join(site, 'dist'), values.base)
for (const line of lost) console.error(`lost link: ${line}`)
console.log(`${told.length} pages in apps/docs/dist, ${lost.length} lost links`)
if (lost.length > 0) process.exit(1)
if (values.serve) await serve({ root: site, base: values.base })
