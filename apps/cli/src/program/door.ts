import type { Command } from 'commander'
import type { Terminal } from '../terminal/output'

/** What a command of the program is given beside its own flags. */
export interface Door {
  readonly terminal: Terminal
  /** Arguments after `dclust`, as they were typed. */
  readonly argv: readonly string[]
  /** Takes the exit code of the command that ran. */
  done(code: number): void
}

/**
 * Adds a command to the program. Nothing but commander and `config/flags` is imported for that: what a command does is
 * imported when it is called, so that `dclust --help` is fast.
 */
export type Register = (root: Command, door: Door) => void
