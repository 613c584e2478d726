import type { MethodName } from '../worker/messages'

/** What people read of a method. */
export const methods: Record<
  MethodName,
  { readonly title: string; readonly about: string; readonly trained: boolean }
> = {
  kmeans: { title: 'k-means', about: 'The best of ten starts on the rows as they are. Seconds.', trained: false },
  spectral: {
    title: 'Spectral clustering',
    about: 'Groups that a graph of nearest neighbours holds together.',
    trained: false,
  },
  leiden: { title: 'Leiden', about: 'Communities of that graph. It finds how many there are.', trained: false },
  bootsc: {
    title: 'BootSC',
    about: 'A network learns an embedding whose two views agree on spectral clusters. Trained here.',
    trained: true,
  },
  otdc: {
    title: 'OTDC',
    about: 'A network and its clusters, matched by optimal transport. Trained here.',
    trained: true,
  },
  sp2ot: {
    title: 'SP²OT',
    about: 'Pseudo-labels by transport of a growing part of the rows; for uneven sizes. Trained here.',
    trained: true,
  },
}
