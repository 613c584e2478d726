import { parseOptions } from '@dc/core'
import { testSchedule } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import {
  constant,
  constantPlugin,
  cosine,
  cosinePlugin,
  linear,
  linearPlugin,
  sigmoidRamp,
  sigmoidRampPlugin,
} from './schedules'

const api = { describe, it }
testSchedule(api, 'constant', () => constantPlugin.create({ value: 3 }, {}))
testSchedule(api, 'linear', () => linearPlugin.create(parseOptions(linearPlugin.options, { from: 1 }, 'linear'), {}))
testSchedule(api, 'cosine', () =>
  cosinePlugin.create(parseOptions(cosinePlugin.options, { from: 1, period: 3 }, 'c'), {}),
)
testSchedule(api, 'sigmoid-ramp', () => sigmoidRampPlugin.create(parseOptions(sigmoidRampPlugin.options, {}, 's'), {}))

const at = (epoch: number, epochs: number, part = 0) => ({ epoch, epochs, step: 10 * epoch + part, steps: 10 * epochs })

describe('schedules', () => {
  it('linear moves by epoch, or by step', () => {
    expect(linear({ from: 0.04 }).value(at(25, 100, 9))).toBeCloseTo(0.03, 12)
    expect(linear({ from: 0, to: 1, per: 'step' }).value(at(25, 100, 5))).toBeCloseTo(0.255, 12)
  })

  it('cosine restarts at a lower peak', () => {
    const schedule = cosine({ from: 0.4, to: 0.1, period: 200, restartFactor: 0.5 })
    expect(schedule.value(at(0, 1000))).toBeCloseTo(0.4, 12)
    expect(schedule.value(at(100, 1000))).toBeCloseTo(0.25, 12)
    expect(schedule.value(at(200, 1000))).toBeCloseTo(0.2, 12)
    expect(schedule.value(at(600, 1000))).toBeCloseTo(0.05, 12)
  })

  it('cosine without a period falls over the whole training', () => {
    expect(cosine({ from: 1 }).value(at(30, 40))).toBeCloseTo(0.5 * (1 + Math.cos(0.75 * Math.PI)), 12)
  })

  it('sigmoid ramp starts near its base and ends at its top', () => {
    const schedule = sigmoidRamp({ from: 0.1, to: 1 })
    expect(schedule.value(at(0, 10))).toBeCloseTo(0.1 + 0.9 * Math.exp(-5), 12)
    expect(schedule.value({ step: 100, steps: 100, epoch: 9, epochs: 10 })).toBeCloseTo(1, 12)
  })

  it('refuse what would be no number later', () => {
    expect(() => constant(Number.NaN)).toThrow('constant.value: got NaN')
    expect(() => linear({ from: Number.POSITIVE_INFINITY })).toThrow('linear.from: got Infinity')
    expect(() => linear({ from: 1, per: 'batch' as 'step' })).toThrow("linear.per: got 'batch'")
    expect(() => cosine({ from: 1, period: 0 })).toThrow('cosine.period: got 0')
    expect(() => sigmoidRamp({ from: 0, to: Number.NaN })).toThrow('sigmoidRamp.to: got NaN')
  })
})
