import { useEffect, useRef } from 'preact/hooks'
import { DataSection } from './data-section'
import { MapSection } from './map-section'
import { MethodSection } from './method-section'
import { ResultSection } from './result-section'
import { useSession } from './session'
import { WorkSection } from './work-section'

/** The whole page. */
export function App() {
  const [session, actions] = useSession()
  const { at, summary, frame, outcome, problem } = session
  const told = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (problem) told.current?.focus()
  }, [problem])
  return (
    <main>
      <header>
        <h1>Deep clustering in the page</h1>
        <p class="lead">
          Rows or pictures without labels become clusters. Reading, training and drawing happen in this browser: nothing
          leaves the machine.
        </p>
      </header>
      <DataSection {...{ session, actions }} />
      {problem && (
        <p class="problem" role="alert" tabIndex={-1} ref={told}>
          {problem}
        </p>
      )}
      {at === 'working' && <WorkSection {...{ session, actions }} />}
      {summary && outcome && at !== 'working' && <ResultSection {...{ summary, outcome }} />}
      {summary && frame && <MapSection {...{ summary, frame, session }} />}
      {summary && at !== 'reading' && at !== 'working' && <MethodSection {...{ session, actions, summary }} />}
      <footer>
        The same packages as <code>npx dclust</code>, in TypeScript. The page asks for nothing but its own files: its
        policy forbids the rest.
      </footer>
    </main>
  )
}
