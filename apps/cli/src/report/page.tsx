import type { Dataset } from '@dc/core'
import { render } from 'preact-render-to-string'
import { alignRun } from './alignment'
import { CardSection } from './cards'
import { TriedSection } from './comparison'
import { ConfusedSection, confusedPairs } from './confused'
import { CurveSection } from './curves'
import { pageData, pageRows } from './explore/collect'
import { MapSection } from './explore/map-section'
import { contentPolicy, Scripts } from './explore/scripts'
import { pictureSheets } from './explore/sheets'
import { Facts, Headline, Title, WarningSection } from './headline'
import { IssueSection, shownIssues } from './issues'
import { KCurveSection } from './k-curve'
import { shownName } from './names'
import type { RunResult } from './run-result'
import { clusterSamples, shownClusters } from './samples'
import { ClusterSection, DetailSection, FailureSection, PseudoLabelSection, ViewSection } from './sections'
import { SettingSection } from './settings'
import { style } from './style.css'
import { UnseenSection } from './unseen'

/**
 * The report of a run as one HTML page: it asks for nothing, and can be read without its script.
 *
 * @param run everything that is shown
 * @param dataset gives the pictures of the samples
 * @param views the contact sheet of the run, a PNG
 * @throws InterruptedError once the signal is aborted
 */
export async function renderReport(
  run: RunResult,
  dataset: Dataset,
  views: Uint8Array | null = null,
  signal?: AbortSignal,
): Promise<string> {
  const alignment = alignRun(run)
  const samples = await clusterSamples(run, dataset, { clusters: alignment.order.slice(0, shownClusters), signal })
  const pairs = await confusedPairs(run, dataset, alignment)
  const issues = run.issues && (await shownIssues(run.issues, dataset))
  const rows = pageRows(run)
  const data = await pageData(run, dataset, alignment, rows)
  const sheets = await pictureSheets(dataset, rows, signal)
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentPolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${run.pipeline} on ${shownName(run.dataset.name)}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <Title run={run} />
          <WarningSection run={run} />
          <Headline run={run} />
          <Facts run={run} />
          <FailureSection run={run} />
          <MapSection run={run} alignment={alignment} />
          <CardSection run={run} alignment={alignment} dataset={dataset} samples={samples} />
          <ConfusedSection pairs={pairs} alignment={alignment} />
          <IssueSection issues={issues} alignment={alignment} />
          <ClusterSection run={run} alignment={alignment} />
          <TriedSection run={run} />
          <KCurveSection run={run} />
          <CurveSection run={run} />
          <SettingSection run={run} />
          <ViewSection views={views} />
          <UnseenSection run={run} />
          <PseudoLabelSection run={run} />
          <DetailSection run={run} />
          <footer>
            Written by dclust. This page is one file: it asks for nothing, and can be read without its script.
          </footer>
        </main>
        <Scripts data={data} sheets={sheets} />
      </body>
    </html>
  )
  return `<!doctype html>\n${render(page)}\n`
}
