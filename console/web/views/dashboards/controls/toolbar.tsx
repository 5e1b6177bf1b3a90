import { address, setQuery } from '../../../router.ts';
import type { BoardJson } from '../board/board-json.ts';
import { type BoardEntry, boardPath, grafanaAddress } from '../board/board-list.ts';
import type { RelativeRange, Span } from '../board/time-range.ts';
import { type Selection, shownVariables } from '../board/variables.ts';
import { TimePicker } from './time-picker.tsx';
import { Variable } from './variable.tsx';
import './controls.css';

const refreshes = ['5s', '10s', '30s', '1m', '5m'] as const;

/** Links to all dashboards. Each link contains the current time range and the current variables. */
export function BoardTabs({
  entries,
  uid,
}: {
  readonly entries: readonly BoardEntry[];
  readonly uid: string;
}) {
  const query = address.value.searchParams;
  return (
    <nav class="boards-tabs" aria-label="Dashboards">
      {entries.map((entry) => (
        <a
          key={entry.uid}
          href={boardPath(entry.uid, query)}
          aria-current={entry.uid === uid ? 'page' : undefined}
        >
          {entry.title}
        </a>
      ))}
    </nav>
  );
}

export interface ToolbarProps {
  readonly json: BoardJson;
  readonly range: RelativeRange;
  readonly span: Span;
  readonly selection: Selection;
  readonly refresh: string;
  readonly readAgain: () => void;
  readonly grafanaUrl: string | undefined;
}

export function Toolbar({ json, range, span, selection, refresh, readAgain, grafanaUrl }: ToolbarProps) {
  const variables = shownVariables(json);
  const inGrafana = grafanaAddress(grafanaUrl, address.value.searchParams);
  return (
    <div class="boards-toolbar">
      {variables.map((variable) => (
        <Variable
          key={variable.name}
          variable={variable}
          variables={variables}
          selection={selection}
          span={span}
          rangeKey={`${range.from} ${range.to}`}
        />
      ))}
      <span class="boards-gap" />
      {inGrafana && (
        <a class="button" href={inGrafana} target="_blank" rel="noreferrer">
          Open in Grafana
        </a>
      )}
      <TimePicker range={range} span={span} />
      <span class="boards-refresh">
        <button type="button" aria-label="Refresh" title="Refresh" onClick={readAgain}>
          ↻
        </button>
        <select
          aria-label="Refresh interval"
          value={refresh}
          onChange={({ currentTarget }) => setQuery({ refresh: currentTarget.value })}
        >
          <option value="off">Off</option>
          {[...new Set([...refreshes, ...(refresh === 'off' ? [] : [refresh])])].map((every) => (
            <option key={every} value={every}>
              {every}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
