import { dclust } from './dclust'

/** A page with the help of every command. */
export async function commandsPage(): Promise<string> {
  const top = await dclust('--help')
  const names = [...top.slice(top.indexOf('Commands:')).matchAll(/^ {2}([a-z][a-z-]*)\b/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help' && name !== 'dclust')
  const parts = ['# Commands', 'What `dclust --help` and `dclust COMMAND --help` print.', fenced(top)]
  for (const name of names) parts.push(`## \`dclust ${name}\``, fenced(await dclust(name, '--help')))
  return parts.join('\n\n')
}

const fenced = (text: string) => `\`\`\`text\n${text.trim()}\n\`\`\``
