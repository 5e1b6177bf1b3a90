import { connectionKinds } from '../../../topology.ts';
import { memo } from '../../memo.ts';
import { type Conditions, type NodeCondition, rateText } from './condition.ts';
import { kinds } from './edge-panel.tsx';
import { StateIcon } from './icon.tsx';
import { type ListProps, StateText } from './list.tsx';
import { selectNode } from './selection.ts';

export function Overview({ topology, conditions }: ListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <aside class="map-panel map-overview card" aria-label="Overview" tabIndex={0}>
      <Troubles conditions={conditions} />
      <h2>What flows now</h2>
      <Totals topology={topology} conditions={conditions} />
      <KeptLegend />
      <p class="map-hint">Select a component or a connection to see its curves, log and actions.</p>
    </aside>
  );
}

function Totals({ topology, conditions }: ListProps) {
  const used = connectionKinds.filter((kind) => topology.edges.some((edge) => edge.kind === kind));
  return (
    <dl class="map-totals">
      {used.map((kind) => {
        const edges = topology.edges.filter((edge) => edge.kind === kind);
        const units = [...new Set(edges.map(({ unit }) => unit))];
        // Rates of different units cannot be added.
        const texts = units.map((unit) => {
          const rates = edges.filter((edge) => edge.unit === unit).map(({ id }) => conditions.edges.get(id));
          return rateText(
            rates.reduce((sum, condition) => sum + (condition?.rate ?? 0), 0),
            unit,
          );
        });
        return (
          <div key={kind} data-kind={kind}>
            <dt>
              <span class="map-swatch" /> {kind}
            </dt>
            <dd>
              {texts.map((text) => (
                <span key={text.replace(/^\S+/, '')}>{text}</span>
              ))}
            </dd>
            <dd class="map-kind quiet">{kinds[kind]}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Troubles({ conditions }: { readonly conditions: Conditions }) {
  const troubled = [...conditions.nodes].filter(([, { tone }]) => tone !== 'good');
  if (troubled.length === 0) return null;
  return (
    <section class="map-trouble">
      <h2>Not as it should be</h2>
      <ul class="map-troubles">
        {troubled.map(([name, condition]) => (
          <li key={name}>
            <button type="button" onClick={() => selectNode(name)}>
              {name}
            </button>{' '}
            <StateText condition={condition} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const sample = (
  state: NodeCondition['state'],
  tone: NodeCondition['tone'],
  text: string,
  faults: NodeCondition['faults'] = [],
): NodeCondition => ({ state, tone, text, faults });

const anyFault = { name: '', title: '', description: '', alerts: [], breaks: [], injected: true };

const samples: readonly NodeCondition[] = [
  sample('running', 'good', 'running'),
  sample('unhealthy', 'warn', 'unhealthy'),
  sample('restarting', 'warn', 'restarting'),
  sample('starting', 'info', 'starting'),
  sample('stopped', 'quiet', 'stopped'),
  sample('unknown', 'bad', 'broken by a fault', [anyFault]),
];

const KeptLegend = memo(Legend);

function Legend() {
  return (
    <section class="map-section">
      <h3>Signs</h3>
      <ul class="map-legend">
        {samples.map((condition) => (
          <li key={condition.text} class="map-state-text" data-tone={condition.tone}>
            <StateIcon condition={condition} /> {condition.text}
          </li>
        ))}
      </ul>
      <p class="quiet map-kind">
        The arrow points to the component that accepts the connection. The dashes move as the data flows. A
        red connection fails, and a red dashed connection has an end that does not run.
      </p>
    </section>
  );
}
