import { useRef, useState } from 'preact/hooks';
import { exploreUrl, setQuery } from '../../../router.ts';
import type { PanelJson } from '../board/board-json.ts';
import { type BoardState, readyQueries } from '../board/board-state.ts';
import { countMarks, readPanel } from '../board/panel-data.ts';
import type { Place } from '../board/sections.ts';
import { useOnScreen, usePanelData } from '../board/use-panel-data.ts';
import { Dropdown } from '../dropdown.tsx';
import { Drawing } from './drawing.tsx';
import { Explanation, ExplanationDialog } from './explanation.tsx';
import './panel.css';

export interface PanelProps {
  readonly panel: PanelJson;
  readonly board: BoardState;
  readonly place?: Place;
  /**
   * Whether the panel has the full width.
   * @default false
   */
  readonly isFull?: boolean;
}

/** A panel with title, menu and data. Tests read `data-marks` and `data-error`. */
export function Panel({ panel, board, place, isFull = false }: PanelProps) {
  const root = useRef<HTMLElement>(null);
  const [isExplained, setExplained] = useState(false);
  const isOnScreen = useOnScreen(root);
  const width = () => root.current?.clientWidth ?? 600;
  const { span, reads, selection, scrapeInterval } = board;
  const key = JSON.stringify([panel.id, span, reads, selection, scrapeInterval]);
  const { data, error, isLoading } = usePanelData(key, isOnScreen, (signal) =>
    readPanel(panel, board, width(), signal),
  );
  const queries = () => readyQueries(panel, board, width()).queries;
  const title = `panel-${panel.id}`;
  return (
    <section
      ref={root}
      class={`boards-panel ${panel.type}${isFull ? ' full' : ''}`}
      style={{ ...place }}
      aria-labelledby={title}
      aria-busy={isLoading}
      data-panel={panel.id}
      data-marks={error === undefined ? countMarks(data) : 0}
      data-error={error}
    >
      <header>
        <h3 id={title} title={panel.title}>
          {panel.title}
        </h3>
        {!isFull && (
          <button
            type="button"
            class="quiet boards-icon"
            aria-label={`Explain ${panel.title}`}
            title={panel.description}
            onClick={() => setExplained(true)}
          >
            ?
          </button>
        )}
        <Dropdown class="boards-menu" label={`Menu of ${panel.title}`} text="⋮" align="right">
          {(close) => (
            <Menu
              panel={panel}
              board={board}
              queries={queries()}
              isFull={isFull}
              close={close}
              explain={() => setExplained(true)}
            />
          )}
        </Dropdown>
      </header>
      <div class="boards-panel-body">
        {error !== undefined ? (
          <p class="boards-error" role="alert">
            {error}
          </p>
        ) : data ? (
          <Drawing panel={panel} data={data} board={board} />
        ) : (
          <p class="boards-empty">{isOnScreen ? 'Loading…' : ''}</p>
        )}
      </div>
      {isFull && (
        <div class="boards-full-text">
          <Explanation panel={panel} queries={queries()} notes={data?.notes ?? []} />
        </div>
      )}
      {isExplained && (
        <ExplanationDialog
          panel={panel}
          queries={queries()}
          notes={data?.notes ?? []}
          onClose={() => setExplained(false)}
        />
      )}
    </section>
  );
}

interface MenuProps extends Pick<PanelProps, 'panel' | 'board'> {
  readonly queries: ReturnType<typeof readyQueries>['queries'];
  readonly isFull: boolean;
  readonly close: () => void;
  readonly explain: () => void;
}

function Menu({ panel, board, queries, isFull, close, explain }: MenuProps) {
  const choose = (action: () => void) => () => {
    close();
    action();
  };
  const { grafanaUrl } = board;
  return (
    <>
      <button type="button" onClick={choose(() => setQuery({ viewPanel: isFull ? '' : String(panel.id) }))}>
        {isFull ? 'Back to the dashboard' : 'View in full width'}
      </button>
      {!isFull && (
        <button type="button" onClick={choose(explain)}>
          Explain
        </button>
      )}
      {queries.map(({ target, expr }) => (
        <a key={target.refId} href={exploreUrl(expr)}>
          Open the query{queries.length > 1 ? ` ${target.refId}` : ''}
          {queries.length > 1 && target.legendFormat && <span class="quiet"> {target.legendFormat}</span>}
        </a>
      ))}
      {grafanaUrl && (
        <a href={withPanel(grafanaUrl, panel.id)} target="_blank" rel="noreferrer">
          Open in Grafana
        </a>
      )}
    </>
  );
}

function withPanel(url: string, id: number): string {
  const target = new URL(url);
  target.searchParams.set('viewPanel', String(id));
  return target.href;
}
