// A run in which every text that comes from outside is hostile.
import type { RunResult } from '../run-result'
import { example } from './example-run'

/** Names that mean something to a browser, a terminal, a template or a spreadsheet. @param address a server that notes who asks */
export const hostileNames = (address: string) => [
  '<script>alert(1)</script>',
  `"><img src="${address}/img" onerror="alert(2)">`,
  `'><svg onload='alert(3)'>`,
  '</text></svg><script>alert(4)</script>',
  '</title></style><script>alert(5)</script><style>*{display:none}',
  '{b}: {c} ({d}%) {a|rich} {value}',
  `<a href="javascript:alert(6)">x</a>`,
  `<link rel=stylesheet href=${address}/css>`,
  `url(${address}/url)`,
  `<iframe src="${address}/frame"></iframe>`,
  '&lt;b&gt; &amp;amp; &#60;i&#62;',
  ']]><!-- <![CDATA[',
  "=cmd|' /C calc'!A0",
  '+1+1',
  'NUL\u0000 BEL\u0007 ESC\u001b[31mred',
  'a\nb\r\tc',
  'right\u202eto left\u2066',
  'line\u2028 paragraph\u2029 mark\ufeff',
  '__proto__',
  'constructor',
  '食べ物 👩‍👩‍👧 עברית',
  `${'$'}{7*7} {{7*7}} <%= 7*7 %>`,
  `x${'y'.repeat(10_000)}z`,
  '',
]

/** A run in which every text that comes from outside is hostile. */
export function hostileRun(names: readonly string[]): ReturnType<typeof example> {
  const all = names.join(' ')
  const { dataset, run } = example({
    name: all,
    labels: Int32Array.from({ length: 24 }, (_, row) => row % names.length),
    classNames: names,
    metadata: Object.fromEntries(names.map((name) => [name, name])),
  })
  const k = names.length
  const shown = { ...run.shown, labels: Int32Array.from({ length: 24 }, (_, row) => row % k), mapMethod: names[0] }
  const unseen = names.map((name) => ({
    name,
    nmi: null,
    nmiSpectral: 0.5,
    recall: { 1: 1 },
    undefinedScores: { nmi: name },
  }))
  const scores = { ...run.seeds[0], sizes: Array(k).fill(1), acc: null, undefinedScores: { acc: all } }
  const result: RunResult = {
    ...run,
    dataset,
    k,
    shown,
    seeds: [{ ...scores, unseen, history: [Object.fromEntries(names.map((name) => [name, 1]))] }],
    recipe: { name: names[0], description: all },
    labelRule: { name: names[1], description: all },
    backend: { name: names[2], description: all, attempts: names.map((name) => ({ name, used: false, reason: name })) },
    failures: Object.fromEntries(names.map((name) => [`the ${name}`, name])),
    config: { names, [names[0]]: names[1] },
    environment: { command: all, [names[3]]: names[4] },
  }
  return { run: result, dataset }
}
