import { kmeans } from './kmeans'
import { leiden } from './leiden'
import { spectral } from './spectral'

export { kmeans, leiden, spectral }

/** Methods that are fitted to all rows at once, without a network. */
export const classical = [kmeans, spectral, leiden] as const
