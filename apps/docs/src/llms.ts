/** A page as a program reads it. */
export interface Told {
  readonly path: string
  readonly title: string
  readonly text: string
  readonly section: string
}

const about = `# Composable deep clustering for TypeScript

> npm packages for Node and the browser that cluster embeddings, photos and texts without labels: four published deep-clustering
> systems beside k-means, spectral clustering and Leiden, a command line (\`dclust\`) and single packages for scores, spectral
> methods, optimal transport, data, networks, losses and training.

Every page here is also Markdown: \`PAGE.md\` beside \`PAGE.html\`. llms-full.txt is all of them but the API.`

/** llms.txt (https://llmstxt.org): which pages there are, by section. */
export function llmsText(pages: readonly Told[], base: string): string {
  const sections = [...new Set(pages.map(({ section }) => section))]
  const list = (name: string) =>
    pages
      .filter(({ section }) => section === name)
      .map(({ title, path }) => `- [${title}](${base}${path})`)
      .join('\n')
  return `${[about, ...sections.map((name) => `## ${name}\n\n${list(name)}`)].join('\n\n')}\n`
}

/** llms-full.txt: the pages themselves, one after the other. */
export const llmsFullText = (pages: readonly Told[], base: string): string =>
  `${[about, ...pages.filter(({ section }) => section !== 'API').map(({ path, text }) => `<!-- ${base}${path} -->\n\n${text.trim()}`)].join('\n\n')}\n`
