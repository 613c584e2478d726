/** Options of readers that have a flag of their own. All others are said by `--set`. */
const flags: Readonly<Record<string, string>> = {
  label: '--labels',
  labels: '--labels',
  id: '--id',
  ignore: '--ignore',
  text: '--text',
}

/** What stands for a value that a message leaves to the reader. */
const placeholders: Readonly<Record<string, string>> = { delimiter: 'CHARACTER', features: 'NAME', set: 'NAME' }

const options = 'label|labels|id|ignore|text|delimiter|decimal|header|index|features|set'
const hint = new RegExp(`\\boption (${options})(?!\\w)(?:: ?('[^']*'(?!\\w)|true\\b|false\\b|\\d+\\b))?`, 'g')

/**
 * What a reader of data says of its options (`option ignore: 'id'`), as `dclust run` and `dclust cluster` take it
 * (`--ignore 'id'`): the readers do not know who asked.
 */
export function asFlags(text: string): string {
  return text.replace(hint, (_, name: string, value?: string) => {
    if (name in flags) return `${flags[name]} ${value ?? (name === 'labels' ? 'NAME' : 'COLUMN')}`
    const plain = value?.replace(/^'|'$/g, '') ?? placeholders[name] ?? 'VALUE'
    return /^[\w.,:-]+$/.test(plain) ? `--set data.options.${name}=${plain}` : `--set 'data.options.${name}=${plain}'`
  })
}

/** The same of a message that begins with the name of such an option: `label: got 'kind'; allowed: …`. */
export function flagInFront(message: string): string {
  const pathless = /^dataset\.([\w-]+)\.path: got undefined; /.exec(message)
  if (pathless) return `--data: got '${pathless[1]}'; allowed: ${pathless[1]}:PATH, for it reads a file or folder.`
  const found = /^(?:dataset\.[\w-]+\.(\w+)|(label|id|ignore|text|features|delimiter)): got /.exec(message)
  if (!found) return message
  const name = found[1] ?? found[2]
  return `${flags[name] ?? `data.options.${name}`}: got ${message.slice(found[0].length)}`
}
