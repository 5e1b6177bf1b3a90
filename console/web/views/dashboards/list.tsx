import { useMemo } from 'preact/hooks';
import { aligned } from '../../chart/range-data.ts';
import { TimeSeries } from '../../chart/time-series.tsx';
import { formatOf } from '../../format/units.ts';
import { live } from '../../live.ts';
import { query, queryRange } from '../../prometheus.ts';
import { useLoaded } from '../../use-loaded.ts';
import type { BoardEntry, BoardList } from './board/board-list.ts';
import { alignedSpan, intervalsOf, withIntervals } from './board/interval.ts';
import { withSelection } from './board/variables.ts';

const previewSeconds = 15 * 60;
/** Width and height of a preview, in CSS pixels. */
const previewWidth = 380;
const previewHeight = 64;
const refreshMs = 15_000;
/** Variables of the dashboards. A preview of a dashboard selects all values of each variable. */
const variables = ['cluster', 'environment'].map((name) => ({ type: 'query' as const, name }));

export function List({ dashboards, grafanaProblem }: BoardList) {
  return (
    <>
      <h1>Dashboards</h1>
      <p class="quiet">The same dashboards that Grafana imports, drawn by the console.</p>
      {grafanaProblem !== undefined && (
        <p class="notice warn" role="alert">
          {grafanaProblem}
        </p>
      )}
      <ul class="boards-list">
        {dashboards.map((entry) => (
          <Entry key={entry.uid} {...entry} />
        ))}
      </ul>
    </>
  );
}

function Entry({ uid, title, description, alerts, preview, grafanaUrl }: BoardEntry) {
  return (
    <li class="card">
      <div class="boards-list-head">
        <h2>
          <a class="boards-list-title" href={`/d/${uid}`}>
            {title}
          </a>
        </h2>
        {alerts !== undefined && <Firing expr={alerts} />}
      </div>
      <p>{description}</p>
      {preview && <Preview {...preview} />}
      {grafanaUrl && (
        <p>
          <a class="boards-list-grafana" href={grafanaUrl} target="_blank" rel="noreferrer">
            Open in Grafana
          </a>
        </p>
      )}
    </li>
  );
}

function Firing({ expr }: { readonly expr: string }) {
  const { result } = useLoaded(expr, (signal) => query(expr, signal), refreshMs);
  if (!result) return null;
  const count = result.series.length;
  if (count === 0) return <span class="pill good">no alert</span>;
  return (
    <span class="pill bad">
      {count} {count === 1 ? 'alert' : 'alerts'}
    </span>
  );
}

function Preview({ title, expr }: NonNullable<BoardEntry['preview']>) {
  const scrapeInterval = live.topology.value?.scrapeIntervalSeconds;
  const { result } = useLoaded(
    JSON.stringify([expr, scrapeInterval]),
    async (signal) => {
      if (scrapeInterval === undefined) return undefined;
      const now = Date.now() / 1000;
      const asked = { from: now - previewSeconds, to: now };
      const intervals = intervalsOf(asked, previewWidth, scrapeInterval);
      const step = intervals.interval;
      const span = alignedSpan(asked, step);
      const ready = withIntervals(withSelection(expr, variables, {}), intervals);
      return { span, step, ...(await queryRange(ready, { ...span, step }, signal)) };
    },
    refreshMs,
  );
  const { times, series } = useMemo(() => {
    if (!result) return { times: [], series: [] };
    const data = aligned(result.series, { ...result.span, step: result.step });
    return { times: data.times, series: data.values.map((values) => ({ name: '', values })) };
  }, [result]);
  return (
    <figure class="boards-preview">
      <div>
        {result && (
          <TimeSeries
            sparkline
            label={`${title}, the last 15 minutes`}
            times={times}
            series={series}
            range={[result.span.from, result.span.to]}
            format={formatOf('none')}
            height={previewHeight}
          />
        )}
      </div>
      <figcaption>{title}</figcaption>
    </figure>
  );
}
