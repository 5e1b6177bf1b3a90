import { documentedQueries } from '../../../../metrics/queries.ts';

const acts = [
  { act: 'pull', title: 'Pull: NATS' },
  { act: 'exporter', title: 'Custom exporter: USDT/VND' },
  { act: 'federation', title: 'Federation by remote write' },
  { act: 'push', title: 'Push: the batch' },
] as const;

export function Chips({
  chosen,
  onChoose,
}: {
  readonly chosen: string;
  readonly onChoose: (expr: string) => void;
}) {
  return (
    <section class="explore-chips" aria-label="Documented queries">
      {acts.map(({ act, title }) => (
        <div key={act} class="card">
          <h2>{title}</h2>
          <ul>
            {documentedQueries
              .filter((query) => query.act === act)
              .map(({ expr, shows }) => (
                <li key={expr}>
                  <button type="button" aria-pressed={expr === chosen} onClick={() => onChoose(expr)}>
                    <code>{expr}</code>
                    <span class="quiet">{shows}</span>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
