/** What assigners count under these names in the logs of an epoch, and what helps. */
const counts: Record<string, (solves: string) => string> = {
  unconverged: (solves) =>
    `${solves} of transport did not converge; their targets are inexact. A larger epsilon or tolerance of the assigner may help`,
  unsettled: (solves) =>
    `${solves} of SP²OT ended before their objective settled. More rounds, a larger objectiveTolerance or damping of the assigner may help`,
}

/** What a narrator is told of a training. */
interface Training {
  trainingStarts(label: string, epoch: number, epochs: number): void
  epochEnds(epoch: number, logs: Readonly<Record<string, number>>): void
  trainingEnds(): void
}

/** Tells at the end of a training how many of its solves did not converge; nothing if all did. */
export function tellingUnconverged<Told extends Training>(training: Told, note: (line: string) => void): Told {
  let label = ''
  const solves = new Map<string, number>()
  return {
    ...training,
    trainingStarts(name, epoch, epochs) {
      label = name
      solves.clear()
      training.trainingStarts(name, epoch, epochs)
    },
    epochEnds(epoch, logs) {
      for (const name of Object.keys(counts)) solves.set(name, (solves.get(name) ?? 0) + (logs[name] ?? 0))
      training.epochEnds(epoch, logs)
    },
    trainingEnds() {
      training.trainingEnds()
      for (const [name, tell] of Object.entries(counts)) {
        const count = solves.get(name) ?? 0
        if (count > 0) note(`${label}: ${tell(count === 1 ? '1 solve' : `${count} solves`)}.`)
      }
      solves.clear()
    },
  }
}
