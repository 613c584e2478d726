import type { Fitting, Typed } from '@dc/pipelines'
import { leavesTwo } from '../run/unseen'
import type { RunConfig } from './run-config'

/**
 * Classes are kept from training by default; where that leaves no two of them on both sides all are trained on.
 *
 * @param classes how many the data have
 */
export function fitUnseen(config: RunConfig, classes: number, typed: Typed): Fitting<RunConfig> {
  const { unseen } = config
  // Without two classes there is nothing to train on, which is told elsewhere.
  if (unseen === null || typed.source('unseen') !== null || classes < 2 || leavesTwo(classes, unseen))
    return { config, notes: [] }
  return {
    config: { ...config, unseen: null },
    notes: [`unseen ${unseen} → null: ${classes} classes leave no two on both sides, so all are trained on`],
  }
}
