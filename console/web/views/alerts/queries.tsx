import { useState } from 'preact/hooks';
import { ApiError } from '../../api.ts';
import { readable } from '../../format/units.ts';
import { type InstantSeries, query, seriesName } from '../../prometheus.ts';
import { exploreUrl } from '../../router.ts';

const shown = 10;

/** For each line of `code` with a PromQL query, shows a button that runs the query. */
export function Queries({ code }: { readonly code: string }) {
  const queries = code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return (
    <div class="alerts-queries">
      {queries.map((expr) => (
        <Query key={expr} expr={expr} isOnly={queries.length === 1} />
      ))}
    </div>
  );
}

type Answer = { readonly series: readonly InstantSeries[] } | { readonly error: string } | 'running';

function Query({ expr, isOnly }: { readonly expr: string; readonly isOnly: boolean }) {
  const [answer, setAnswer] = useState<Answer>();
  const run = async () => {
    setAnswer('running');
    const received = await query(expr).catch((error: unknown) => ({
      error: error instanceof ApiError ? error.message : String(error),
    }));
    setAnswer(received);
  };
  return (
    <div class="alerts-query">
      <div class="alerts-row">
        {!isOnly && <code>{expr}</code>}
        <button type="button" onClick={run} disabled={answer === 'running'} aria-label={`Run ${expr}`}>
          Run
        </button>
        <a href={exploreUrl(expr)}>Open in Explore</a>
      </div>
      {answer !== undefined && answer !== 'running' && <Result answer={answer} />}
    </div>
  );
}

function Result({ answer }: { readonly answer: Exclude<Answer, 'running'> }) {
  if ('error' in answer) {
    return (
      <p class="notice bad" role="alert">
        {answer.error}
      </p>
    );
  }
  const { series } = answer;
  if (series.length === 0) return <p class="quiet">The query returns no series.</p>;
  return (
    <div class="scroll">
      <table class="alerts-values">
        <tbody>
          {series.slice(0, shown).map(({ metric, value }) => (
            <tr key={seriesName(metric)}>
              <td class="mono">{seriesName(metric)}</td>
              <td class="mono alerts-number" title={value[1]}>
                {readable(value[1])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {series.length > shown && <p class="quiet">{series.length - shown} more series in Explore.</p>}
    </div>
  );
}
