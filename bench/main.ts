// `npm run bench -- NAME [--json] [--quick] [--save] [--only TEXT]`; without a name: the list.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Bench, type BenchResult, findPython, type Hardware, hardware } from './frame.ts'

interface Report {
  readonly name: string
  readonly description: string
  readonly date: string
  readonly quick: boolean
  readonly hardware: Hardware
  readonly results: readonly BenchResult[]
}

const usage = `usage: npm run bench -- NAME [--json] [--quick] [--save] [--only TEXT]

  --json    print a JSON object for each line of the bench, with the hardware in each, instead of a table
  --quick   small sizes, few repeats: shows that it runs
  --save    write bench/results/NAME.json and NAME.md
  --only    only the lines with this text in their name; saved beside the others of this machine

Peers run if bench/setup-peers has made bench/.venv, and are left out otherwise.`

const folder = new URL('benches/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .sort()

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (flags.help || positionals.length !== 1) {
  console.log(`${usage}\n`)
  for (const name of names) console.log(`  ${name.padEnd(14)} ${(await load(name)).description}`)
  process.exit(flags.help || positionals.length === 0 ? 0 : 2)
}
const [name] = positionals
if (!existsSync(new URL(`${name}.ts`, folder))) {
  console.error(`error: no bench named '${name}'. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const log = (line: string) => console.error(line)
const python = findPython()
if (!python) log('peers are not installed (bench/setup-peers installs them): only our side is measured')
const bench = await load(name)
const results = await bench.run({ log, python, quick: flags.quick, wants: (line) => line.includes(flags.only) })
if (results.length === 0) {
  console.error(`error: bench ${name} has no line with '${flags.only}' in its name.`)
  process.exit(2)
}
const report: Report = {
  name: bench.name,
  description: bench.description,
  date: new Date().toISOString().slice(0, 10),
  quick: flags.quick,
  hardware: await hardware(python),
  results,
}
console.log(flags.json ? lines(report) : table(report))
if (flags.save) await save(flags.only ? { ...report, results: withSaved(report) } : report)

async function load(name: string): Promise<Bench> {
  return (await import(new URL(`${name}.ts`, folder).href)).default
}

function lines({ hardware: machine, results }: Report): string {
  return results.map((result) => JSON.stringify({ ...result, hardware: machine })).join('\n')
}

function table({ hardware: machine, results }: Report): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  const head = '| bench | ours, ms | peers, ms (ours ÷ theirs) | quality | note |\n| --- | --- | --- | --- | --- |'
  const rows = results.map((result) => {
    const peers = Object.entries(result.peers).map(([n, ms]) => `${n} ${digits(ms)} (${digits(result.ratio[n])} ×)`)
    const quality = Object.entries(result.quality).map(([n, value]) => `${n} ${cell(value)}`)
    return `| ${[result.bench, digits(result.ours_ms), peers.join('; '), quality.join('; '), result.note].join(' | ')} |`
  })
  const where = `${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GiB; ${machine.os}; Node ${machine.node}`
  return [head, ...rows, '', `${where}; ${versions.join(', ')}.`].join('\n')
}

function cell(value: unknown): string {
  return typeof value === 'number' ? digits(value) : typeof value === 'string' ? value : JSON.stringify(value)
}

/** Three significant digits, integers whole. */
function digits(value: number): string {
  return Number.isInteger(value) ? String(value) : Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3)
}

/** The saved report's lines, the new ones in their places; without them if another machine or version wrote them. */
function withSaved({ name, hardware, quick, results }: Report): readonly BenchResult[] {
  const file = new URL(`results/${name}.json`, import.meta.url)
  if (!existsSync(file)) return results
  const saved: Report = JSON.parse(readFileSync(file, 'utf8'))
  if (saved.quick !== quick || JSON.stringify(saved.hardware) !== JSON.stringify(hardware)) {
    log('the saved lines are of another machine or version: replaced')
    return results
  }
  const fresh = new Map(results.map((result) => [result.bench, result]))
  const kept = saved.results.map((result) => fresh.get(result.bench) ?? result)
  return [...kept, ...results.filter(({ bench }) => !saved.results.some((result) => result.bench === bench))]
}

async function save(report: Report): Promise<void> {
  const results = new URL('results/', import.meta.url)
  await mkdir(results, { recursive: true })
  await writeFile(new URL(`${report.name}.json`, results), `${JSON.stringify(report, null, 2)}\n`)
  const quick = report.quick ? ' **Quick sizes: not a result.**' : ''
  const head = `# ${report.name}\n\n${report.description}. Measured ${report.date} by \`npm run bench -- ${report.name} --save\`.${quick}\n`
  await writeFile(new URL(`${report.name}.md`, results), `${head}\n${table(report)}\n`)
  log(`saved bench/results/${report.name}.json and .md`)
}
