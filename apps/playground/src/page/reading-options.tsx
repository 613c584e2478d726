import type { FileOptions } from '@dc/data/formats'

/** What was typed or chosen, by the option's name. */
export type Texts = Readonly<Partial<Record<keyof FileOptions, string>>>

/** Columns, and what each option says. The names are those in messages. */
const columns = {
  label: 'column of labels',
  id: 'column that names the rows',
  ignore: 'columns that are no features',
  features: 'columns of features in a .parquet, or an array of a .npz',
} as const

const choices = {
  delimiter: { about: 'between the cells of a .csv', values: { ',': ',', ';': ';', '\\t': 'tab', '|': '|' } },
  decimal: { about: 'the decimal mark of a .csv', values: { '.': '.', ',': ',' } },
  header: { about: 'whether record 1 of a .csv holds names', values: { true: 'true', false: 'false' } },
  index: { about: 'keep: a first column that numbers the rows is a feature', values: { keep: 'keep' } },
  standardize: { about: 'columns of a .csv to mean 0, deviation 1', values: { true: 'true' } },
} as const

/** How a table is read. @param wanted whether it is open from the start, though nothing is set */
export function ReadingOptions({
  value,
  onChange,
  wanted,
}: {
  value: Texts
  onChange(value: Texts): void
  wanted: boolean
}) {
  const set = (name: string) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...value, [name]: event.currentTarget.value })
  return (
    <details class="reading" open={wanted || Object.values(value).some((text) => text !== '')}>
      <summary>How a table is read</summary>
      <p class="note">
        Labels are never looked at while clusters are made; they only say afterwards how well both agree. A column of
        text that is no label and names no rows has to be left out. Columns are given by name, or by number from 0;
        several with commas between them.
      </p>
      {Object.entries(columns).map(([name, about]) => (
        <label key={name}>
          <code>{name}</code>
          <input type="text" value={value[name as keyof Texts] ?? ''} onInput={set(name)} />
          <span class="note">{about}</span>
        </label>
      ))}
      {Object.entries(choices).map(([name, { about, values }]) => (
        <label key={name}>
          <code>{name}</code>
          <select value={value[name as keyof Texts] ?? ''} onChange={set(name)}>
            <option value="">default</option>
            {Object.entries(values).map(([each, shown]) => (
              <option key={each} value={each}>
                {shown}
              </option>
            ))}
          </select>
          <span class="note">{about}</span>
        </label>
      ))}
    </details>
  )
}

/** The options as the readers take them. */
export function asFileOptions(texts: Texts): FileOptions {
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '')
  return Object.fromEntries(
    given.map(([name, text]) => {
      if (name === 'header' || name === 'standardize') return [name, text === 'true']
      if (!(name in columns)) return [name, text]
      const several = (name === 'ignore' || name === 'features') && text.includes(',')
      return [name, several ? text.split(',').flatMap((one) => column(one) ?? []) : column(text)]
    }),
  )
}

/** A number is a column's place, anything else its name. */
function column(text: string): string | number | undefined {
  const own = text.trim()
  return own === '' ? undefined : /^-?\d+$/.test(own) ? Number(own) : own
}
