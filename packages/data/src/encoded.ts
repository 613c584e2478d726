// For Node: the rows of a data set as an encoder describes them, kept on disk.
export { type EncodeOptions, encodedDataset } from './encoded/encoded-dataset'
export { FeatureCache, type Features } from './encoded/feature-cache'
