import type { Dataset } from '@dc/core'
import { SampleRows } from '@dc/explore/parts'
import type { DataIssues } from '../issues/data-issues'
import type { Alignment } from './alignment'
import { fitted } from './names'
import { count } from './numbers'
import { type Sample, samplesOf, shownRows } from './samples'

/** Rows of a list that a page shows; all are in `issues.csv`. */
const [mostRows, mostGroups, mostFiles] = [24, 12, 20]

/** A list of rows with something wrong. */
interface IssueList {
  readonly title: string
  readonly note: string
  /** Samples under titles of their own. */
  readonly groups: readonly { readonly title: string; readonly samples: readonly Sample[] }[]
}

/** What a page shows of the issues of its data. */
export interface ShownIssues {
  readonly lists: readonly IssueList[]
  readonly unreadable: DataIssues['unreadable']
  /** A sentence, if not all rows were looked at. */
  readonly part: string
}

/** Reads the rows that are shown. */
export async function shownIssues(issues: DataIssues, dataset: Dataset): Promise<ShownIssues> {
  const { duplicates, outliers, mislabelled, unreadable, looked } = issues
  const groups = duplicates.slice(0, mostGroups)
  const className = (label: number) => fitted(dataset.classNames?.[label] ?? String(label), 40)
  const exact = duplicates.filter((group) => group.exact).length
  const copies = duplicates.reduce((sum, { rows }) => sum + rows.length, 0)
  const lists: IssueList[] = []
  if (duplicates.length > 0)
    lists.push({
      title: 'Near duplicates',
      note: `${count(copies)} rows in ${count(duplicates.length)} groups, ${exact === duplicates.length ? 'with equal rows in all' : `with equal rows in ${count(exact)}`}.`,
      groups: await Promise.all(
        groups.map(async ({ rows, exact }) => ({
          title: `${count(rows.length)} rows${exact ? ', some equal' : ''}`,
          samples: await samplesOf(dataset, rows.slice(0, 6)),
        })),
      ),
    })
  if (outliers.length > 0)
    lists.push({
      title: 'Outliers',
      note: `${count(outliers.length)} rows far from all others, the farthest ${outliers[0].times.toPrecision(2)} times as far from its nearest rows as is usual.`,
      groups: [
        {
          title: 'farthest first',
          samples: await samplesOf(
            dataset,
            outliers.slice(0, mostRows).map(({ row }) => row),
          ),
        },
      ],
    })
  if (mislabelled.length > 0)
    lists.push({
      title: 'Classes that look wrong',
      note: `${count(mislabelled.length)} labelled rows whose nearest rows are of another class. The clearest first.`,
      groups: await byClasses(mislabelled, dataset, className),
    })
  const all = dataset.size
  const part = looked < all ? `${count(looked)} of ${count(all)} rows, drawn at random, were looked at.` : ''
  return { lists, unreadable, part }
}

/** Those of the same two classes beside each other, the first of the clearest rows first. */
async function byClasses(
  mislabelled: DataIssues['mislabelled'],
  dataset: Dataset,
  className: (label: number) => string,
): Promise<IssueList['groups']> {
  const rows = new Map<string, number[]>()
  for (const { row, given, likely } of mislabelled.slice(0, 4 * mostRows)) {
    const title = `“${className(given)}” that looks like “${className(likely)}”`
    const own = rows.get(title)
    if (own) own.push(row)
    else rows.set(title, [row])
  }
  return Promise.all(
    [...rows]
      .slice(0, mostGroups)
      .map(async ([title, own]) => ({ title, samples: await samplesOf(dataset, own.slice(0, 6)) })),
  )
}

/** What looks wrong with the data: near duplicates, outliers, classes, files that could not be read. Nothing where all looks right. */
export function IssueSection({ issues, alignment }: { issues: ShownIssues | undefined; alignment: Alignment }) {
  if (!issues || (issues.lists.length === 0 && issues.unreadable.length === 0)) return null
  const { lists, unreadable, part } = issues
  return (
    <section>
      <h2>Data issues</h2>
      <p class="note">
        What a person may want to look at; nothing was left out for it. All rows are in issues.csv, beside this page.{' '}
        {part}
      </p>
      {lists.map(({ title, note, groups }) => (
        <div key={title}>
          <h3 class="gap">{title}</h3>
          <p class="note">{note}</p>
          <div class="pairs">
            {groups.map((group) => (
              <SampleRows key={group.title} title={group.title} rows={shownRows(group.samples, alignment.className)} />
            ))}
          </div>
        </div>
      ))}
      {unreadable.length > 0 && (
        <div>
          <h3 class="gap">Files that could not be read</h3>
          <ul>
            {unreadable.slice(0, mostFiles).map(({ path, reason }) => (
              <li key={path}>{fitted(reason, 160)}</li>
            ))}
          </ul>
          {unreadable.length > mostFiles && <p class="note">… and {count(unreadable.length - mostFiles)} more.</p>}
        </div>
      )}
    </section>
  )
}
