import type { Topology, TopologyNode } from '../../../topology.ts';
import { live } from '../../live.ts';
import { Actions } from './actions.tsx';
import type { Conditions, NodeCondition } from './condition.ts';
import { KeyCurve } from './key-curve.tsx';
import { ranksOf } from './layout/ranks.ts';
import { Connections, StateText } from './list.tsx';
import { Log } from './log.tsx';
import { PageLink } from './page-link.tsx';
import { Panel } from './panel.tsx';
import { bytes, placeText } from './texts.ts';

export interface NodePanelProps {
  readonly node: TopologyNode;
  readonly topology: Topology;
  readonly conditions: Conditions;
}

export function NodePanel({ node, topology, conditions }: NodePanelProps) {
  const { name, role, place, job, keySeries } = node;
  const condition = conditions.nodes.get(name);
  const offered = live.offered.value;
  const status = condition?.status;
  const hasProcess = status !== undefined && !status.hosted;
  const isHub = ranksOf(topology).hub === name;
  return (
    <Panel title={name} node={name}>
      {condition && <StateText condition={condition} />}
      <p class="map-role">{role.charAt(0).toUpperCase() + role.slice(1)}.</p>
      <p class="quiet">{placeText(place)}</p>
      {status && <PageLink status={status} job={job} />}
      {condition && <Faults condition={condition} />}
      {condition && <Figures condition={condition} />}
      {hasProcess && offered?.actions && (
        <Actions
          key={name}
          name={name}
          state={status.state}
          {...(isHub && {
            warning: `While ${name} does not run, no curve gets new values, and no alert detects a fault.`,
          })}
        />
      )}
      {keySeries.length > 0 && (
        <section class="map-section">
          <h3>Key series</h3>
          {keySeries.map((series) => (
            <KeyCurve key={series.expr} {...series} scrapeIntervalSeconds={topology.scrapeIntervalSeconds} />
          ))}
        </section>
      )}
      {hasProcess && offered?.logs && <Log key={name} name={name} />}
      <section class="map-section">
        <h3>Connections</h3>
        <Connections name={name} topology={topology} conditions={conditions} both />
      </section>
    </Panel>
  );
}

function Faults({ condition }: { readonly condition: NodeCondition }) {
  return condition.faults.map(({ name, title, description }) => (
    <div key={name} class="map-fault-notice">
      <strong>{title}</strong>
      <p>{description}</p>
      <a href="/faults">Clear it on the page Faults</a>
    </div>
  ));
}

function Figures({ condition: { status } }: { readonly condition: NodeCondition }) {
  if (!status) return null;
  const { pid, rssBytes, restarts, lastExit, hosted } = status;
  const figures = [
    ['Memory', rssBytes > 0 ? bytes(rssBytes) : 'none of its own'],
    ...(hosted ? [] : [['Restarts', String(restarts)]]),
    ...(pid === null ? [] : [['Process', String(pid)]]),
    ...(lastExit === undefined ? [] : [['Last end', lastExit]]),
  ];
  return (
    <dl class="map-figures">
      {figures.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
