// Rows in memory and ways through them. Needs neither TensorFlow.js nor Node.
export { type BatchOptions, batchCount, batches } from './batches'
export { type EncodedLabels, encodeLabels, type LabelValue } from './labels'
export { labelsColumns, labelsCsv, labelsNamesColumn } from './labels-csv'
export { type MemoryDataset, type MemoryDatasetInit, memoryDataset } from './memory-dataset'
export { applyStandardization, type Standardization, standardize, undoStandardization } from './standardize'
export { type LongTailOptions, longTailRows, splitByClass, subset } from './subset'
