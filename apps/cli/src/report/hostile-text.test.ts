// Whatever names bring, a page shows it as text. What a browser makes of it, in-browser.test.ts sees.
import { describe, expect, it } from 'vitest'
import { renderReport } from './page'
import { example } from './testing/example-run'
import { hostileNames, hostileRun } from './testing/hostile-run'
import { markupOf } from './testing/markup'

describe('a report of hostile names', () => {
  it('has no element, attribute or address that is not its own', async () => {
    const plain = example()
    const names = hostileNames('http://127.0.0.1:1')
    const [page, tame] = [hostileRun(names), hostileRun(names.map((_, at) => `name ${at}`))]
    const tags = (html: string) => new Set([...html.matchAll(/<\/?[a-z!][\w:-]*/gi)].map(([tag]) => tag.toLowerCase()))
    const whole = await renderReport(page.run, page.dataset)
    // Its own script, and base64 for it.
    expect(whole.match(/<script/gi)).toHaveLength(3)
    expect(whole).toMatch(/<script id="page-data" type="application\/octet-stream">[\w+/=]+<\/script>/)
    const html = markupOf(whole)
    // Tags in texts would stand here too, for `<` in a text is always escaped.
    expect(tags(html)).toEqual(tags(markupOf(await renderReport(tame.run, tame.dataset))))
    expect([...tags(html)].filter((tag) => /iframe|link|object|embed|^<a$/.test(tag))).toEqual([])
    expect(html).not.toMatch(/<[^>]*\son\w+=/i)
    expect(html).not.toMatch(/<[^>]*(?:src|href)="(?!data:image\/(?:png|webp)|#)/i)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(whole).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/)
    // Nor has any text become a member of all objects.
    for (const all of [Object.prototype, Object, Function.prototype]) expect(Object.keys(all)).toEqual([])
    expect(html.length).toBeLessThan(20 * markupOf(await renderReport(plain.run, plain.dataset)).length)
  })
})
