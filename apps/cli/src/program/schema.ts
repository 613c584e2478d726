import type { Register } from './door'

const examples = `
Examples
  dclust schema > dclust.schema.json    for an editor: # yaml-language-server: $schema=dclust.schema.json

The options of a pipeline and its parts are not in it; dclust list pipeline NAME --json has them.
Exit codes: 0
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('schema')
    .description('what a configuration file may hold, as JSON Schema')
    .addHelpText('after', examples)
    .action(async () => {
      const { schema } = await import('../commands/schema')
      done(schema(terminal))
    })
}
