import { main } from '@dc/cli'

/** What `dclust` prints on stdout. */
export async function dclust(...args: string[]): Promise<string> {
  let [stdout, stderr] = ['', '']
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  })
  if (code !== 0) throw new Error(`dclust ${args.join(' ')}: exit code ${code}: ${stderr}`)
  return stdout
}

/** What it prints with `--json`. */
export const dclustJson = async <T>(...args: string[]): Promise<T> => JSON.parse(await dclust(...args, '--json')) as T
