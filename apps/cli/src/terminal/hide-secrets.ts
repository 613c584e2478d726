import { withoutSecrets } from '@dc/distributed/secrets'

/** Takes passwords off the command line that lists of processes show. Before this ran they were there: DCLUST_QUEUE never is. */
export function hideSecrets(): void {
  const shown = process.argv.map(withoutSecrets)
  if (shown.some((word, at) => word !== process.argv[at])) process.title = shown.join(' ')
}
