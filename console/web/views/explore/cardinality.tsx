import { call } from '../../api.ts';
import { formatOf } from '../../format/units.ts';
import { useLoaded } from '../../use-loaded.ts';

const refreshMs = 15_000;
const short = formatOf('short');
const bytes = formatOf('bytes');

interface NameValue {
  readonly name: string;
  readonly value: number;
}

interface TsdbStatus {
  readonly data: {
    readonly headStats: {
      readonly numSeries: number;
      readonly numLabelPairs: number;
      readonly chunkCount: number;
    };
    readonly seriesCountByMetricName: readonly NameValue[];
    readonly labelValueCountByLabelName: readonly NameValue[];
    readonly memoryInBytesByLabelName: readonly NameValue[];
    readonly seriesCountByLabelValuePair: readonly NameValue[];
  };
}

/** The metrics and labels with the most series, values or memory. */
export function Cardinality({ onExplore }: { readonly onExplore: (expr: string) => void }) {
  const { result, error } = useLoaded(
    'tsdb',
    (signal) => call<TsdbStatus>('/api/prometheus/api/v1/status/tsdb?limit=20', { signal }),
    refreshMs,
  );
  if (!result) return <p class={error ? 'notice bad' : 'quiet'}>{error ?? 'The figures load…'}</p>;
  const { data } = result;
  return (
    <>
      {error !== undefined && <p class="notice warn">These figures are old: {error}</p>}
      <p>
        The head block of Prometheus holds <strong>{data.headStats.numSeries}</strong> series with{' '}
        {data.headStats.numLabelPairs} different pairs of label and value, in {data.headStats.chunkCount}{' '}
        chunks. A label whose values have no limit, such as a user id, multiplies the series.
      </p>
      <div class="explore-cardinality">
        <Ranking
          title="Series by metric"
          rows={data.seriesCountByMetricName}
          format={short}
          onChoose={(name) => onExplore(`count by (job) ({__name__=${JSON.stringify(name)}})`)}
        />
        <Ranking title="Series by label and value" rows={data.seriesCountByLabelValuePair} format={short} />
        <Ranking title="Values by label" rows={data.labelValueCountByLabelName} format={short} />
        <Ranking title="Memory by label" rows={data.memoryInBytesByLabelName} format={bytes} />
      </div>
    </>
  );
}

interface RankingProps {
  readonly title: string;
  readonly rows: readonly NameValue[];
  readonly format: (value: number) => string;
  readonly onChoose?: (name: string) => void;
}

function Ranking({ title, rows, format, onChoose }: RankingProps) {
  const largest = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <section class="card">
      <h2>{title}</h2>
      <ol>
        {rows.slice(0, 10).map(({ name, value }) => (
          <li key={name}>
            {onChoose ? (
              <button type="button" class="explore-rank mono" onClick={() => onChoose(name)}>
                {name}
              </button>
            ) : (
              <span class="mono">{name}</span>
            )}
            <span class="explore-value">{format(value)}</span>
            <meter min={0} max={largest} value={value} aria-label={`${name}: ${format(value)}`} />
          </li>
        ))}
      </ol>
    </section>
  );
}
