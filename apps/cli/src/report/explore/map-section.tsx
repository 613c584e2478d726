import type { Alignment } from '../alignment'
import { drawClusterMap, drawTruthMap } from '../charts/map'
import { Drawing } from '../drawing'
import { fitted, nounOf } from '../names'
import type { RunResult } from '../run-result'
import { elements } from './page-data'

/** The embedding in the plane: a drawing, which the page's script replaces by a map that people work in. */
export function MapSection({ run, alignment }: { run: RunResult; alignment: Alignment }) {
  const found = drawClusterMap(run, alignment)
  if (found === '') return null
  const truth = drawTruthMap(run, alignment)
  return (
    <section class="map-section">
      <h2>The map</h2>
      <p class="note">
        Every dot is one {nounOf(run.dataset)}, laid out so that neighbours in the learned space stay neighbours (
        {fitted(run.shown.mapMethod, 200)}). Distances between far groups mean little.
      </p>
      <div id={elements.still}>
        <div class={truth ? 'two' : 'one'}>
          <figure>
            <figcaption>
              <b>Clusters found</b>
              {truth ? ', called and coloured by the class they match' : ''}
            </figcaption>
            <Drawing svg={found} label="Map of the embedding coloured by cluster" />
          </figure>
          {truth && (
            <figure>
              <figcaption>
                <b>The truth</b>
                {run.supervised ? '' : ', which the method never saw'}
              </figcaption>
              <Drawing svg={truth} label="The same map coloured by true class" />
            </figure>
          )}
        </div>
        {truth && (
          <ul class="legend">
            <li>
              <i class="ring" />
              cluster and truth disagree
            </li>
          </ul>
        )}
      </div>
      <div id={elements.root} hidden />
    </section>
  )
}
