import { printable } from '@dc/core/printable'
import { useRef, useState } from 'preact/hooks'
import type { Summary } from '../worker/messages'
import { droppedFiles } from './dropped-files'
import { Fact } from './fact'
import { asFileOptions, ReadingOptions, type Texts } from './reading-options'
import type { Actions, Session } from './session'

const endings = '.csv,.gz,.npy,.npz,.parquet,image/*'
const count = (value: number) => value.toLocaleString('en')

/** What is clustered: files, pictures, or a built-in set. */
export function DataSection({
  session: { at, summary, progress, problem },
  actions,
}: {
  session: Session
  actions: Actions
}) {
  const [options, setOptions] = useState<Texts>({})
  const [last, setLast] = useState<readonly File[]>([])
  const read = (files: readonly File[]) => {
    setLast(files)
    if (files.length > 0) actions.read({ kind: 'files', files, options: asFileOptions(options) })
  }
  // What went wrong may ask for an option.
  const again = problem !== undefined && last.length > 0
  if (at === 'reading')
    return (
      <section>
        <h2>Reading</h2>
        <p class="stand" role="status">
          <b>{progress?.phase ?? 'reading'}</b>
          {progress?.total !== undefined && (
            <span>
              {count(progress.done ?? 0)} of {count(progress.total)}
            </span>
          )}
        </p>
        <button type="button" onClick={actions.restart}>
          Cancel
        </button>
      </section>
    )
  if (summary) return <Read {...{ summary, actions }} />
  return (
    <section>
      <h2>Your rows</h2>
      <p class="note">
        A table (.csv, .parquet), an array (.npy, .npz), gzip or not, or up to 2,000 pictures. They are read by the code
        that <code>dclust</code> reads them with.
      </p>
      <Drop onFiles={read} />
      <div class="row" style={{ marginTop: '16px' }}>
        <button type="button" onClick={() => actions.read({ kind: 'digits' })}>
          Take 1,797 digits
        </button>
        <span class="note">handwritten, 8 × 8 pixels (Alpaydin, Kaynak 1998)</span>
      </div>
      <ReadingOptions value={options} onChange={setOptions} wanted={again} />
      {again && (
        <button type="button" style={{ marginTop: '14px' }} onClick={() => read(last)}>
          Read {last.length === 1 ? printable(last[0].name, 40) : `the ${last.length} files`} again
        </button>
      )}
    </section>
  )
}

function Drop({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const [over, setOver] = useState(false)
  const [files, folder] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const chosen = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    onFiles(Array.from(currentTarget.files ?? []))
    currentTarget.value = ''
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it do the same by keyboard.
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(onFiles)
      }}
    >
      <p>Drop a file or pictures here, or</p>
      <div class="row">
        <button type="button" class="main" onClick={() => files.current?.click()}>
          Choose files
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          Choose a folder of pictures
        </button>
      </div>
      <input ref={files} type="file" multiple accept={endings} hidden onChange={chosen} />
      <input
        ref={(element) => {
          folder.current = element
          element?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        multiple
        hidden
        onChange={chosen}
      />
    </div>
  )
}

function Read({ summary, actions }: { summary: Summary; actions: Actions }) {
  const { name, rows, form, truth, classNames, notices, leftOut } = summary
  const classes = truth && new Set(truth.filter((label) => label >= 0)).size
  return (
    <section>
      <div class="row" style={{ justifyContent: 'space-between' }}>
        <h2>{printable(name, 60)}</h2>
        <button type="button" class="plain" onClick={actions.restart}>
          Other data
        </button>
      </div>
      <dl class="facts">
        <Fact term={summary.noun === 'image' ? 'pictures' : 'rows'} value={count(rows)} />
        <Fact term="each" value={form} />
        <Fact
          term="true classes"
          value={classes ? `${classes}${classNames ? `: ${some(classNames)}` : ''}` : 'not known'}
        />
      </dl>
      {(notices.length > 0 || leftOut.length > 0) && (
        <ul class="said">
          {notices.map((notice) => (
            <li key={notice}>{printable(notice, 400)}</li>
          ))}
          {leftOut.slice(0, 5).map(({ path, reason }) => (
            <li key={path}>
              {printable(path, 80)}: {printable(reason, 200)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const some = (names: readonly string[]) =>
  `${names
    .slice(0, 4)
    .map((name) => printable(name, 24))
    .join(', ')}${names.length > 4 ? ' …' : ''}`
