import { createRandom, type Loss } from '@dc/core'
import type { SwappedInputs } from '@dc/losses'
import { assemble } from '@dc/pipelines'
import { brier } from '../plugin-brier/src/brier'

const own = assemble([brier])
own.create('loss', 'brier', { weight: 2 }) // a Loss<SwappedInputs>
// @ts-expect-error: text for a number
own.create('loss', 'brier', { weight: '2' })
// @ts-expect-error: misspelt
own.create('loss', 'brie')

const name: string = 'brier'
own.make('loss', name) as Loss<SwappedInputs> // you say what it is given
const context = { inputShape: [8], random: createRandom(0) }
own.create('pipeline', 'bootsc', { k: 3, loss: 'brier' }, context)
