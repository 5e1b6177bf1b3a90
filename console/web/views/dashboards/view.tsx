import { call } from '../../api.ts';
import { useLoaded } from '../../use-loaded.ts';
import type { ViewProps } from '../../views.ts';
import type { BoardList } from './board/board-list.ts';
import { Board } from './board.tsx';
import { BoardTabs } from './controls/toolbar.tsx';
import { List } from './list.tsx';
import './dashboards.css';

export function View({ rest }: ViewProps) {
  const { result, error } = useLoaded('dashboards', (signal) =>
    call<BoardList>('/api/dashboards', { signal }),
  );
  if (!result) {
    return (
      <>
        <h1>Dashboards</h1>
        {error === undefined ? (
          <p class="quiet">Loading…</p>
        ) : (
          <p class="notice bad" role="alert">
            {error}
          </p>
        )}
      </>
    );
  }
  if (rest === '') return <List {...result} />;
  const uid = decodeURIComponent(rest.split('/')[0] ?? '');
  const entry = result.dashboards.find((one) => one.uid === uid);
  return (
    <div class="boards">
      <div class="boards-head">
        <h1>{entry?.title ?? 'Dashboards'}</h1>
        <BoardTabs entries={result.dashboards} uid={uid} />
      </div>
      {entry ? (
        <>
          <p class="boards-description">{entry.description}</p>
          <Board key={uid} entry={entry} />
        </>
      ) : (
        <p class="notice bad" role="alert">
          There is no dashboard {uid}. Choose one of the links above.
        </p>
      )}
    </div>
  );
}
