import { computed } from '@preact/signals';
import type { Topology } from '../../../topology.ts';
import { timeOfDay } from '../../format/times.ts';
import { live, lostSince, now } from '../../live.ts';
import { address, setQuery } from '../../router.ts';
import { screenMatches } from '../../screen.ts';
import { useKept } from '../../use-kept.ts';
import { type Conditions, conditionsOf } from './condition.ts';
import { EdgePanel } from './edge-panel.tsx';
import { List } from './list.tsx';
import './map.css';
import { NodePanel } from './node-panel.tsx';
import { Overview } from './overview.tsx';
import { Panel } from './panel.tsx';
import { Picture } from './picture.tsx';
import { selection } from './selection.ts';
import { Tables } from './tables.tsx';

/** Up to this width, the page shows a list, because the drawing would be too small to read. */
const isNarrow = screenMatches('(max-width: 760px)');

/** Milliseconds until rates are marked as old. New rates usually arrive within 2.5 seconds. */
const staleAfterMs = 4000;

export function View() {
  const topology = live.topology.value;
  const kept = useKept(
    () =>
      live.topology.value &&
      conditionsOf(
        live.topology.value,
        live.components.value?.components ?? [],
        live.faults.value ?? [],
        live.flows.value,
      ),
  );
  const conditions = kept.value;
  if (!topology || !conditions) {
    return (
      <>
        <h1>Map</h1>
        <p class="quiet">The page waits for the console.</p>
      </>
    );
  }
  const asTable = address.value.searchParams.get('show') === 'table';
  return (
    <div class="map-view">
      <div class="map-main">
        <div class="map-toolbar">
          <h1>Map</h1>
          <Place />
          <Age />
          <button type="button" onClick={() => setQuery({ show: asTable ? '' : 'table' })}>
            {asTable ? 'Show the map' : 'Show as table'}
          </button>
        </div>
        <Shown topology={topology} conditions={conditions} asTable={asTable} />
      </div>
      <Side topology={topology} conditions={conditions} />
    </div>
  );
}

function Place() {
  const offered = live.offered.value;
  return offered ? <span class="quiet map-place">{offered.place}</span> : null;
}

/** Time and age of the rates. Undefined while the rates are new enough. */
const staleRates = computed(() => {
  const flows = live.flows.value;
  if (!flows || flows.at === 0) return undefined;
  const age = now.value - flows.at;
  const isOld = flows.error !== undefined || lostSince.value !== undefined || age > staleAfterMs;
  if (!isOld) return undefined;
  return `rates of ${timeOfDay(flows.at)}, ${Math.max(0, Math.round(age / 1000))} s old`;
});
const isStale = computed(() => staleRates.value !== undefined);

function Age() {
  const text = staleRates.value;
  if (text === undefined) return null;
  return (
    <span class="pill warn" data-stale>
      {text}
    </span>
  );
}

interface ShownProps {
  readonly topology: Topology;
  readonly conditions: Conditions;
}

function Shown({ topology, conditions, asTable }: ShownProps & { readonly asTable: boolean }) {
  if (asTable) return <Tables topology={topology} conditions={conditions} />;
  if (isNarrow.value) return <List topology={topology} conditions={conditions} />;
  return <Picture topology={topology} conditions={conditions} stale={isStale.value} />;
}

function Side({ topology, conditions }: ShownProps) {
  const selected = selection();
  const node = topology.nodes.find(({ name }) => name === selected.node);
  if (node) return <NodePanel node={node} topology={topology} conditions={conditions} />;
  const edge = topology.edges.find(({ id }) => id === selected.edge);
  if (edge) return <EdgePanel edge={edge} topology={topology} conditions={conditions} />;
  const unknown = selected.node ?? selected.edge;
  if (unknown !== null) {
    return (
      <Panel title="Not found">
        <p>The pipeline has no component and no connection {unknown}. Select another one.</p>
      </Panel>
    );
  }
  return <Overview topology={topology} conditions={conditions} />;
}
