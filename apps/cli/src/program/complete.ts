import type { Register } from './door'

const examples = `
Examples
  source <(dclust complete bash)                                    in ~/.bashrc
  source <(dclust complete zsh)                                     in ~/.zshrc
  dclust complete fish > ~/.config/fish/completions/dclust.fish
  dclust complete -- run --preset ''                                what the scripts ask

Exit codes: 0, 2 (the command line is not understood)
`

const shells = ['bash', 'zsh', 'fish'] as const

export const register: Register = (root, { terminal, argv, done }) => {
  const command = root
    .command('complete')
    .description(
      'a script by which your shell completes command lines: names of pipelines, presets, data sets, backends',
    )
    .argument('[shell]', shells.join(', '))
    .argument('[words...]')
    .allowUnknownOption()
    .addHelpText('after', examples)
    .action(async (shell: string | undefined) => {
      const { completions, completionScript } = await import('../commands/complete')
      if (argv[1] === '--') return done(completions(argv.slice(2), root, terminal))
      if (shell === undefined) command.error("error: missing required argument 'shell'")
      const known = shells.find((name) => name === shell)
      if (known === undefined || argv.length > 2)
        command.error(`error: shell '${shell}' is not known. Allowed: ${shells.join(', ')}.`)
      done(completionScript(known!, terminal))
    })
}
