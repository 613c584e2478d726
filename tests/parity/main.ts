// `npm run parity -- --oracles DIR [--json]`
import { parseArgs } from 'node:util'
import { loadChecks, type ParityResult, runParity } from './run.ts'

const usage = `usage: npm run parity -- --oracles DIR [--json]

Compares our answers with the reference answers in DIR (*.json). Exit code 1 if any differs by more than its tolerance,
if no check knows a file, or if a file or DIR cannot be read.`

const { values: flags } = parseArgs({
  options: {
    oracles: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (flags.help || !flags.oracles) {
  console.log(usage)
  process.exit(flags.help ? 0 : 2)
}

let results: ParityResult[]
try {
  results = await runParity(flags.oracles, await loadChecks())
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
const failed = results.filter((result) => !result.ok).length
if (flags.json) console.log(JSON.stringify({ ok: failed === 0, results }))
else {
  const width = Math.max(...results.map((result) => label(result).length))
  for (const result of results) console.log(line(result, width))
  console.log(`\nparity: ${results.length - failed} ok, ${failed} failed`)
}
process.exitCode = failed > 0 ? 1 : 0

function label({ file, name }: ParityResult): string {
  return name.startsWith(file) ? name : `${file}: ${name}`
}

function line(result: ParityResult, width: number): string {
  const verdict = result.ok ? 'ok' : 'FAIL'
  const numbers =
    result.reason ?? `error ${result.error?.toExponential(2)}  tolerance ${result.tolerance?.toExponential(2)}`
  return `${label(result).padEnd(width)}  ${numbers}  ${verdict}`
}
