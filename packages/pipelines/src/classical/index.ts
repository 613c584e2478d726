import { kmeans } from './kmeans'
import { spectral } from './spectral'

export { kmeans, spectral }

/** Methods that are fitted to all rows at once, without a network. */
export const classical = [kmeans, spectral] as const
