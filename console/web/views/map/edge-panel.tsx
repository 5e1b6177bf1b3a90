import type { ConnectionKind, Topology, TopologyEdge } from '../../../topology.ts';
import { exploreUrl } from '../../router.ts';
import type { Conditions } from './condition.ts';
import { KeyCurve } from './key-curve.tsx';
import { Panel } from './panel.tsx';
import { selectNode } from './selection.ts';

export const kinds: Readonly<Record<ConnectionKind, string>> = {
  scrape: 'pull: Prometheus requests the metrics',
  'remote-write': 'federation: an agent sends samples to Prometheus',
  push: 'a batch run sends its report to the Pushgateway',
  messages: 'clients publish to NATS',
  alerts: 'alerts to Alertmanager, notifications to the console',
  requests: 'HTTP requests',
};

export interface EdgePanelProps {
  readonly edge: TopologyEdge;
  readonly topology: Topology;
  readonly conditions: Conditions;
}

export function EdgePanel({ edge, topology, conditions }: EdgePanelProps) {
  const { id, from, to, kind, fetches, unit, rate, failures } = edge;
  const condition = conditions.edges.get(id);
  const { scrapeIntervalSeconds } = topology;
  return (
    <Panel title={`${from} → ${to}`}>
      <p class="map-edge-state" data-kind={kind} data-condition={condition?.kind}>
        <span class="map-swatch" /> <strong>{kind}</strong>: {condition?.text}
      </p>
      <p class="quiet">
        {kinds[kind].charAt(0).toUpperCase() + kinds[kind].slice(1)}. {from} opens the connection; the data
        flows to {fetches ? from : to}.
      </p>
      <div class="map-actions">
        {[from, to].map((name) => (
          <button key={name} type="button" onClick={() => selectNode(name)}>
            {name}
          </button>
        ))}
      </div>
      <section class="map-section">
        <KeyCurve
          title="Rate"
          expr={rate}
          unit={`suffix:${unit}`}
          scrapeIntervalSeconds={scrapeIntervalSeconds}
        />
        <Query expr={rate} />
      </section>
      {failures !== undefined && (
        <section class="map-section">
          <KeyCurve
            title="Failures"
            expr={failures}
            unit="short"
            scrapeIntervalSeconds={scrapeIntervalSeconds}
          />
          <Query expr={failures} />
        </section>
      )}
    </Panel>
  );
}

function Query({ expr }: { readonly expr: string }) {
  return (
    <>
      <pre class="map-query">{expr}</pre>
      <a class="button" href={exploreUrl(expr)}>
        Open the query
      </a>
    </>
  );
}
