import { changedSettings } from '../config/changed-settings'
import { fitted, shownName } from './names'
import { plainJson } from './plain-json'
import type { Difference, RunResult } from './run-result'

/** What the run has otherwise than its preset, and than the last run on the same rows. */
export function SettingSection({ run }: { run: RunResult }) {
  // What is read from a folder has been checked; a program may draw a report of a run without a whole configuration.
  const changed = changedSettings(run.config)
  if (!changed && !run.last) return null
  return (
    <section>
      <h2>What was set</h2>
      {changed && (
        <Differences
          title={`${many(changed.settings)} from the preset ${shownName(changed.preset)}`}
          before="preset"
          list={changed.settings}
        />
      )}
      {run.last && (
        <Differences
          title={`${many(run.last.differences)} from the last run on the same rows, ${shownName(run.last.name)}, of ${run.last.finishedAt.slice(0, 16).replace('T', ' ')} UTC`}
          before="last run"
          list={run.last.differences}
        />
      )}
    </section>
  )
}

const many = ({ length }: readonly unknown[]) =>
  length === 0 ? 'No setting differs' : length === 1 ? '1 setting differs' : `${length} settings differ`

function Differences({
  title,
  before: which,
  list,
}: {
  readonly title: string
  readonly before: string
  readonly list: readonly Difference[]
}) {
  if (list.length === 0) return <p class="note">{title}.</p>
  return (
    <details open>
      <summary>{title}</summary>
      <table class="small">
        <thead>
          <tr>
            <th>setting</th>
            <th class="left">{which}</th>
            <th class="left">this run</th>
          </tr>
        </thead>
        <tbody>
          {list.map(({ path, before, value }) => (
            <tr key={path}>
              <td>
                <code>{fitted(path, 80)}</code>
              </td>
              <td class="left">{valueText(before)}</td>
              <td class="left">{valueText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const valueText = (value: unknown) => (value === undefined ? '–' : plainJson(value))
