// What the root scripts share: check Node, install once, build once, run a program. Plain JavaScript without
// dependencies, because it runs before anything is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const oldestNode = '20.16'
const stamp = join(root, 'node_modules', '.installed-lock')

const environment = {
  ...process.env,
  PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH,
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}
// `npm --silent` would silence the tools below it too, and with them the reason of a failure.
delete environment.npm_config_loglevel

/** What a failed install's output tells, and what to do about it. */
const hints = [
  [/ENOSPC|EDQUOT/, 'The disk is full. The install needs about 1.5 GB.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL/,
    'The npm registry cannot be reached. Check the network, or the proxy and registry of `npm config list`.',
  ],
  [/EACCES|EPERM|EROFS/, `This folder cannot be written: ${root}`],
  [
    /ERR_PNPM_OUTDATED_LOCKFILE/,
    'pnpm-lock.yaml does not fit the package.json files. Run: npx pnpm@10 install --no-frozen-lockfile',
  ],
]

/** Ends the process with a message if this Node is too old. */
export function checkNode(version = process.versions.node) {
  const [[major, minor], [oldestMajor, oldestMinor]] = [version, oldestNode].map((text) => text.split('.').map(Number))
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  fail(`Node ${oldestNode} or newer is needed; this is Node ${version} (${process.execPath}).`)
}

/** Installs the dependencies, unless this very lock file is installed already. */
export async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  note('installing dependencies (first run, or the lock file changed)')
  const { code, output } = await run('npx', ['--yes', 'pnpm@10', 'install', '--frozen-lockfile'], { capture: true })
  if (code !== 0) {
    const hint = hints.find(([pattern]) => pattern.test(output))
    fail(`The install failed (exit code ${code}).${hint ? ` ${hint[1]}` : ''}`)
  }
  writeFileSync(stamp, lock)
}

/** Builds packages and what they depend on through turborepo's cache. Without filters: every package. */
export async function build(filters = []) {
  const args = [
    'run',
    'build',
    '--output-logs=errors-only',
    '--log-order=grouped',
    '--concurrency=100%',
    ...filters.map((f) => `--filter=${f}`),
  ]
  // A build that is all cached takes a second and says nothing that anyone needs.
  const patience = setTimeout(() => note('building (a minute the first time, cached afterwards)'), 1500)
  const { code, output } = await run('turbo', args, { capture: 'quiet' })
  clearTimeout(patience)
  if (code === 0) return
  process.stderr.write(output)
  const hint = hints.find(([pattern]) => pattern.test(output))
  fail(`The build failed (exit code ${code}).${hint ? ` ${hint[1]}` : ''}`)
}

/** Checks Node, installs and builds if needed. */
export async function prepare(filters) {
  checkNode()
  await install()
  await build(filters)
}

/** Runs a Node program with this process's streams and ends with its exit code. */
export async function runNode(args, more = {}) {
  const { code } = await run(process.execPath, args, more)
  process.exit(code)
}

/** Runs a TypeScript program against the built packages. */
export function runTypeScript(file, args) {
  // The root tsconfig's `paths` lead to the packages' sources, which only bundlers can load; the base has none.
  return runNode(['--import', 'tsx', join(root, file), ...args], {
    env: { TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json') },
  })
}

/**
 * Runs a command in the root.
 *
 * @param options.capture true also keeps its output, 'quiet' only keeps it
 */
function run(command, args, { capture = false, env = {} } = {}) {
  const windows = process.platform === 'win32' && command !== process.execPath
  const child = spawn(command, args, {
    cwd: root,
    env: { ...environment, ...env },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: windows,
  })
  // Ctrl-C reaches the child by itself, `kill` only this process; either way the child decides how to end.
  const handlers = { SIGINT: () => {}, SIGTERM: () => child.kill('SIGTERM') }
  for (const signal in handlers) process.on(signal, handlers[signal])
  let output = ''
  if (capture) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        // To stderr: what the command prints is never a program's result.
        if (capture !== 'quiet') process.stderr.write(chunk)
      })
    }
  }
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`'${command}' could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      for (const name in handlers) process.off(name, handlers[name])
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), output })
    })
  })
}

/** A line for people, on stderr. */
export function note(line) {
  process.stderr.write(`${line}\n`)
}

function fail(message) {
  note(`\nerror: ${message}`)
  process.exit(1)
}
