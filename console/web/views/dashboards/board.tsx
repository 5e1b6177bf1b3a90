import { useMemo, useState } from 'preact/hooks';
import type { Topology } from '../../../topology.ts';
import { call } from '../../api.ts';
import type { ChartMark } from '../../chart/time-series.tsx';
import { useKeys } from '../../keys.ts';
import { PageTitle } from '../../page-title.tsx';
import { queryRange, startTime } from '../../prometheus.ts';
import { address, setQuery } from '../../router.ts';
import { theme } from '../../theme.ts';
import { useLoaded } from '../../use-loaded.ts';
import { marksOf } from './board/annotations.ts';
import type { BoardJson } from './board/board-json.ts';
import { type BoardEntry, grafanaAddress } from './board/board-list.ts';
import type { BoardState } from './board/board-state.ts';
import { alignedSpan, intervalsOf } from './board/interval.ts';
import { canvasColor } from './board/named-color.ts';
import { gridPlace, type Section, sectionsOf } from './board/sections.ts';
import {
  absoluteRange,
  durationSeconds,
  openingRange,
  type RelativeRange,
  type Span,
} from './board/time-range.ts';
import { usePanelData } from './board/use-panel-data.ts';
import { useSpan } from './board/use-span.ts';
import { selectionOf, shownVariables } from './board/variables.ts';
import { Toolbar } from './controls/toolbar.tsx';
import { Panel } from './panels/panel.tsx';

const annotationWidth = 1200;

interface Loaded {
  readonly json: BoardJson;
  readonly scrapeInterval: number;
  readonly usualRange: RelativeRange;
}

export function Board({ entry }: { readonly entry: BoardEntry }) {
  const { result, error } = useLoaded(entry.uid, async (signal): Promise<Loaded> => {
    const [json, topology, startedAt] = await Promise.all([
      call<BoardJson>(`/api/dashboards/${entry.uid}`, { signal }),
      call<Topology>('/api/topology', { signal }),
      startTime(signal).catch(() => 0),
    ]);
    const usualRange = openingRange(json.time, Date.now() / 1000 - startedAt);
    return { json, scrapeInterval: topology.scrapeIntervalSeconds, usualRange };
  });
  if (result) return <OpenBoard {...result} entry={entry} />;
  return error === undefined ? (
    <p class="quiet">Loading…</p>
  ) : (
    <p class="notice bad" role="alert">
      {error}
    </p>
  );
}

function OpenBoard({ json, scrapeInterval, usualRange, entry }: Loaded & { readonly entry: BoardEntry }) {
  const query = address.value.searchParams;
  const refresh = query.get('refresh') || json.refresh || 'off';
  const asked = { from: query.get('from') ?? usualRange.from, to: query.get('to') ?? usualRange.to };
  const wanted = useSpan(asked, durationSeconds(refresh) ?? 0);
  const usual = useSpan(usualRange, 0);
  const span = wanted.span ?? (usual.span as Span);
  const variables = useMemo(() => shownVariables(json), [json]);
  const selection = useMemo(() => selectionOf(variables, query), [variables, query.toString()]);
  const { reads } = wanted;
  const { marks, error } = useAlertMarks(json, span, reads, scrapeInterval);
  const board: BoardState = {
    json,
    span,
    reads,
    variables,
    selection,
    scrapeInterval,
    marks,
    grafanaUrl: grafanaAddress(entry.grafanaUrl, query),
    zoom: (from, to) => setQuery({ ...absoluteRange(from, to) }),
  };
  const viewed = query.get('viewPanel')?.replace(/^panel-/, '');
  return (
    <>
      <PageTitle text={json.title} />
      <Toolbar
        json={json}
        range={wanted.span ? asked : usualRange}
        span={span}
        selection={selection}
        refresh={refresh}
        readAgain={wanted.readAgain}
        grafanaUrl={entry.grafanaUrl}
      />
      {!wanted.span && (
        <p class="notice warn" role="alert">
          The address has the time range “{asked.from}” to “{asked.to}”, which is not valid. The dashboard
          shows its usual range. Expected times such as now-1h, or Unix milliseconds.
        </p>
      )}
      {error !== undefined && (
        <p class="notice warn" role="alert">
          The alerts cannot be marked: {error}
        </p>
      )}
      {viewed ? <FullPanel id={Number(viewed)} board={board} /> : <Grid board={board} />}
    </>
  );
}

function Grid({ board }: { readonly board: BoardState }) {
  const sections = useMemo(() => sectionsOf(board.json), [board.json]);
  return sections.map((section, index) => <Row key={index} section={section} board={board} />);
}

function Row({ section, board }: { readonly section: Section; readonly board: BoardState }) {
  const { row, panels } = section;
  const [isCollapsed, setCollapsed] = useState(row?.collapsed ?? false);
  return (
    <section class="boards-row" aria-label={row ? row.title : 'Overview'}>
      {row && (
        <h2>
          <button
            type="button"
            class="boards-row-toggle"
            aria-expanded={!isCollapsed}
            onClick={() => setCollapsed(!isCollapsed)}
          >
            <span aria-hidden="true">{isCollapsed ? '▸' : '▾'}</span> {row.title}
            {isCollapsed && <span class="boards-count"> {panels.length} panels</span>}
          </button>
        </h2>
      )}
      {!isCollapsed && (
        <div class="boards-grid">
          {panels.map((panel) => (
            <Panel key={panel.id} panel={panel} board={board} place={gridPlace(panel, section)} />
          ))}
        </div>
      )}
    </section>
  );
}

function FullPanel({ id, board }: { readonly id: number; readonly board: BoardState }) {
  const back = () => setQuery({ viewPanel: '' });
  useKeys({ Escape: back });
  const panel = sectionsOf(board.json)
    .flatMap(({ panels }) => panels)
    .find((one) => one.id === id);
  return (
    <>
      <p class="boards-back">
        <button type="button" onClick={back}>
          ← All panels of {board.json.title}
        </button>
      </p>
      {panel ? (
        <Panel panel={panel} board={board} isFull />
      ) : (
        <p class="notice bad" role="alert">
          The dashboard {board.json.title} has no panel {id}.
        </p>
      )}
    </>
  );
}

function useAlertMarks(
  json: BoardJson,
  span: Span,
  reads: number,
  scrapeInterval: number,
): { readonly marks: readonly ChartMark[]; readonly error: string | undefined } {
  const { data, error } = usePanelData(JSON.stringify([json.uid, span, reads]), true, async (signal) => {
    const step = intervalsOf(span, annotationWidth, scrapeInterval).interval;
    const enabled = json.annotations.list.filter(({ enable }) => enable);
    const read = async (annotation: (typeof enabled)[number]) => ({
      annotation,
      step,
      series: (await queryRange(annotation.expr, { ...alignedSpan(span, step), step }, signal)).series,
    });
    return Promise.all(enabled.map(read));
  });
  const marks = useMemo(
    () =>
      (data ?? []).flatMap(({ annotation, series, step }) => marksOf(annotation, series, step, canvasColor)),
    [data, theme.value],
  );
  return { marks, error };
}
