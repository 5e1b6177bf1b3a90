import { useEffect, useState } from 'preact/hooks';
import { address, setQuery } from '../../router.ts';
import { Cardinality } from './cardinality.tsx';
import { Chips } from './chips.tsx';
import './explore.css';
import { GraphResult } from './graph-result.tsx';
import { PromqlEditor } from './promql-editor.tsx';
import { TableResult } from './table-result.tsx';

const tabs = [
  { id: 'graph', name: 'Graph' },
  { id: 'table', name: 'Table' },
  { id: 'cardinality', name: 'Cardinality' },
] as const;
type Tab = (typeof tabs)[number]['id'];

const ranges = [
  { id: '5m', seconds: 300 },
  { id: '15m', seconds: 900 },
  { id: '1h', seconds: 3600 },
  { id: '6h', seconds: 21_600 },
  { id: '24h', seconds: 86_400 },
] as const;
const defaultRange = ranges[1];

export function View() {
  const parameters = address.value.searchParams;
  const expr = parameters.get('expr') ?? '';
  const tab: Tab = tabs.find(({ id }) => id === parameters.get('tab'))?.id ?? 'graph';
  const range = ranges.find(({ id }) => id === parameters.get('range')) ?? defaultRange;
  const [draft, setDraft] = useState(expr);
  const [runs, setRuns] = useState(0);
  const [error, setError] = useState<string>();

  useEffect(() => {
    setDraft(expr);
    setError(undefined);
  }, [expr]);

  const run = (text = draft) => {
    setError(undefined);
    setRuns((count) => count + 1);
    setQuery({ expr: text.trim(), tab: tab === 'cardinality' ? 'graph' : tab });
  };

  return (
    <>
      <h1>Explore</h1>
      <div class="explore-tabs" role="tablist" aria-label="Result">
        {tabs.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={tab === id}
            onClick={() => setQuery({ tab: id === 'graph' ? '' : id })}
          >
            {name}
          </button>
        ))}
      </div>
      {tab === 'cardinality' ? (
        <Cardinality onExplore={run} />
      ) : (
        <>
          <div class="explore-field">
            <PromqlEditor expr={expr} run={runs} onChange={setDraft} onRun={() => run()} error={error} />
            <button type="button" class="primary" onClick={() => run()} disabled={draft.trim() === ''}>
              Run query
            </button>
          </div>
          {error !== undefined && (
            <p class="notice bad explore-error" role="alert">
              {error}
            </p>
          )}
          {expr === '' ? (
            <p class="quiet">Write a query and press Enter, or choose one below.</p>
          ) : (
            <section class="card explore-result" aria-label="Result of the query">
              {tab === 'graph' ? (
                <>
                  <RangeChoice chosen={range.id} />
                  <GraphResult expr={expr} seconds={range.seconds} run={runs} onError={setError} />
                </>
              ) : (
                <TableResult expr={expr} run={runs} onError={setError} />
              )}
            </section>
          )}
          <Chips chosen={expr} onChoose={run} />
        </>
      )}
    </>
  );
}

function RangeChoice({ chosen }: { readonly chosen: string }) {
  return (
    <fieldset class="explore-ranges">
      <legend class="visually-hidden">Time range</legend>
      {ranges.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          onClick={() => setQuery({ range: id === defaultRange.id ? '' : id })}
        >
          {id}
        </button>
      ))}
    </fieldset>
  );
}
