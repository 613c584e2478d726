import { OptionError } from '@dc/core'

/** Which of several processes this is, where they share partitions without a queue. */
export interface Share {
  /** From 0. */
  readonly index: number
  readonly of: number
}

/** `2/5` is the second of five. @throws OptionError for anything else */
export function shareOf(text: string): Share {
  const [, first, second] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []
  const [number, of] = [Number(first), Number(second)]
  if (!(number >= 1 && number <= of)) throw new OptionError('--shard', text, 'i/n with i from 1 to n, such as 2/5')
  return { index: number - 1, of }
}

/**
 * The share of a process that Kubernetes started for an Indexed Job: `JOB_COMPLETION_INDEX` is set by Kubernetes; how many there are
 * is said by `--shards`, or by the variable `JOB_COMPLETION_COUNT`.
 *
 * @throws OptionError if one of the two is missing, or they do not fit
 */
export function shareOfJob(
  env: Readonly<Record<string, string | undefined>>,
  shards: number | undefined,
): Share | undefined {
  const { JOB_COMPLETION_INDEX: given, JOB_COMPLETION_COUNT: count } = env
  if (given === undefined || given === '') {
    if (shards !== undefined)
      throw new OptionError(
        '--shards',
        shards,
        'a number beside JOB_COMPLETION_INDEX; --shard i/n names a share itself',
      )
    return undefined
  }
  const of = shards ?? Number(count)
  if (!Number.isSafeInteger(of) || of < 1)
    throw new OptionError('JOB_COMPLETION_COUNT', count, 'the number of completions of the job; or give --shards')
  const index = Number(given)
  if (!/^\d+$/.test(given) || index >= of)
    throw new OptionError('JOB_COMPLETION_INDEX', given, `a number from 0 to ${of - 1}`)
  return { index, of }
}
