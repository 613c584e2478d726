import { Scroll } from './scroll'

/** Methods and their scores. */
export interface ScoreTableData {
  /** What the table is, for people who do not see it. */
  readonly label: string
  readonly columns: readonly { readonly title: string; readonly meaning?: string }[]
  readonly rows: readonly ScoreRow[]
}

export interface ScoreRow {
  readonly name: string
  readonly detail?: string
  /** Whether this is what the page is about. */
  readonly own?: boolean
  /** One for each column. */
  readonly cells: readonly ScoreCell[]
}

export interface ScoreCell {
  /** `0.951`, or `0.951 ± 0.012`; the deviation is smaller. */
  readonly text: string
  /** Why there is none. */
  readonly why?: string
  readonly best?: boolean
}

/** Methods and their scores; on a narrow screen a method's scores stand below its name. */
export function ScoreTable({ label, columns, rows, small = false }: ScoreTableData & { readonly small?: boolean }) {
  return (
    <Scroll label={label}>
      <table class={small ? 'small stacked' : 'stacked'}>
        <thead>
          <tr>
            <th>method</th>
            {columns.map(({ title, meaning }) => (
              <th key={title} title={meaning}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, detail, own, cells }) => (
            <tr key={name} class={own && !small ? 'ours' : undefined}>
              <th scope="row">
                {name}
                {detail && <small>{detail}</small>}
              </th>
              {cells.map((cell, at) => (
                <td key={columns[at].title} data-title={columns[at].title} class={cell.best ? 'better' : undefined}>
                  <Score {...cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Score({ text, why }: ScoreCell) {
  const [mean, deviation] = text.split(' ± ')
  return (
    <>
      {mean}
      {deviation && <small> ± {deviation}</small>}
      {why && <small class="why">{why}</small>}
    </>
  )
}
