import type { Schedule } from '../kinds'
import { check, type TestApi } from './check'

/** What every schedule must do: a finite value at every step, the same when asked again. */
export function testSchedule(api: TestApi, name: string, make: () => Schedule): void {
  api.describe(`schedule ${name}`, () => {
    api.it('has one finite value at every step', () => {
      const schedule = make()
      const [epochs, perEpoch] = [7, 5]
      for (let step = 0; step < epochs * perEpoch; step++) {
        const progress = { step, steps: epochs * perEpoch, epoch: Math.floor(step / perEpoch), epochs }
        const value = schedule.value(progress)
        check(Number.isFinite(value), `value at step ${step} is ${value}`)
        check(schedule.value(progress) === value, `value at step ${step} changes when asked again`)
      }
    })
  })
}
