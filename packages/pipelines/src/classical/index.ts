import { consensus } from './consensus'
import { kmeans } from './kmeans'
import { leiden } from './leiden'
import { spectral } from './spectral'

export { consensus, kmeans, leiden, spectral }

/** Methods that are fitted to all rows at once, without a network. */
export const classical = [kmeans, spectral, leiden, consensus] as const
