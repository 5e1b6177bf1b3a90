import { useEffect } from 'preact/hooks';
import { query, seriesName } from '../../prometheus.ts';
import { QueryNotes } from '../../query-notes.tsx';
import { useLoaded } from '../../use-loaded.ts';
import { NoData, type ResultProps } from './graph-result.tsx';

const refreshMs = 5000;
const maxRows = 500;

/** The current value of each series. */
export function TableResult({ expr, run, onError }: ResultProps) {
  const key = JSON.stringify([expr, run]);
  const { result, error, loading } = useLoaded(
    key,
    async (signal) => ({ key, ...(await query(expr, signal)) }),
    refreshMs,
  );
  useEffect(() => onError(error), [error]);
  const shown = result?.key === key ? result : undefined;
  if (!shown) return <p class="quiet">{loading ? 'The query runs…' : ''}</p>;
  if (shown.series.length === 0) return <NoData notes={shown.notes} />;
  return (
    <>
      <QueryNotes notes={shown.notes} />
      <p class="quiet">
        {shown.series.length} series{shown.series.length > maxRows ? `; the first ${maxRows} are shown` : ''}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {shown.series.slice(0, maxRows).map(({ metric, value, ...rest }) => (
              <tr key={seriesName(metric)}>
                <td class="mono">{seriesName(metric)}</td>
                <td class="mono">{value?.[1] ?? lastOf(rest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A query such as `up[5m]` returns several values. The table shows the newest value and the count. */
function lastOf(series: object): string {
  const values = 'values' in series ? (series.values as readonly (readonly [number, string])[]) : [];
  return `${values.at(-1)?.[1] ?? ''} (${values.length} samples)`;
}
