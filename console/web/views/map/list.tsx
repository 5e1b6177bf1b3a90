import type { Topology, TopologyNode } from '../../../topology.ts';
import type { Conditions, NodeCondition } from './condition.ts';
import { StateIcon } from './icon.tsx';
import { selectEdge, selection, selectNode } from './selection.ts';
import { placeText, processText } from './texts.ts';

export interface ListProps {
  readonly topology: Topology;
  readonly conditions: Conditions;
}

export function List({ topology, conditions }: ListProps) {
  const places = new Map<string, TopologyNode[]>();
  for (const node of topology.nodes) {
    const title = placeText(node.place);
    places.set(title, [...(places.get(title) ?? []), node]);
  }
  return (
    <div class="map-list">
      {[...places].map(([title, nodes]) => (
        <section key={title} class="map-list-box" data-box={title}>
          <h2>{title.charAt(0).toUpperCase() + title.slice(1)}</h2>
          {nodes.map((node) => (
            <Card key={node.name} node={node} topology={topology} conditions={conditions} />
          ))}
        </section>
      ))}
    </div>
  );
}

function Card({ node, topology, conditions }: ListProps & { readonly node: TopologyNode }) {
  const condition = conditions.nodes.get(node.name);
  if (!condition) return null;
  return (
    <div class="map-list-card card" data-tone={condition.tone}>
      <button
        type="button"
        class="map-list-node"
        data-node={node.name}
        data-state={condition.state}
        data-tone={condition.tone}
        data-faults={condition.faults.map((fault) => fault.name).join(' ')}
        aria-pressed={selection().node === node.name}
        onClick={() => selectNode(node.name)}
      >
        <strong>{node.name}</strong>
        <StateText condition={condition} />
        <span class="quiet">{processText(condition)}</span>
      </button>
      <FaultTitles condition={condition} />
      <Connections name={node.name} topology={topology} conditions={conditions} />
    </div>
  );
}

export function StateText({ condition }: { readonly condition: NodeCondition }) {
  return (
    <span class="map-state-text" data-tone={condition.tone}>
      <StateIcon condition={condition} /> {condition.text}
    </span>
  );
}

function FaultTitles({ condition }: { readonly condition: NodeCondition }) {
  return condition.faults.map(({ name, title }) => (
    <p key={name} class="map-fault-title">
      {title}
    </p>
  ));
}

/** The connections that start at a component. `both` adds the connections that end at the component. */
export function Connections({
  name,
  topology,
  conditions,
  both = false,
}: ListProps & { readonly name: string; readonly both?: boolean }) {
  const edges = topology.edges.filter(({ from, to }) => from === name || (both && to === name));
  if (edges.length === 0) return null;
  return (
    <ul class="map-connections">
      {edges.map(({ id, from, to, kind }) => {
        const condition = conditions.edges.get(id);
        return (
          <li key={id}>
            <button
              type="button"
              data-edge={id}
              data-kind={kind}
              data-condition={condition?.kind}
              onClick={() => selectEdge(id)}
            >
              <span>
                {kind} {from === name ? `→ ${to}` : `← ${from}`}
              </span>
              <span class="map-connection-rate">{condition?.text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
