import { OptionError } from '@dc/core/plugin'

/** What Redis holds in one value. */
const mostBytes = 2 ** 29

/** @throws OptionError for bytes that are too many for one value of a queue */
export function checkSize({ length }: Pick<Uint8Array, 'length'>, what: string): void {
  if (length > mostBytes)
    throw new OptionError(
      what,
      `${length} bytes`,
      `at most ${mostBytes}, as Redis holds in one value; make the parts smaller`,
    )
}
