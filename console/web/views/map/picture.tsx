import { useMemo, useRef } from 'preact/hooks';
import type { Topology, TopologyEdge } from '../../../topology.ts';
import { memo } from '../../memo.ts';
import type { Conditions, EdgeCondition } from './condition.ts';
import { dash, type Speed, speedOf, speeds, useFlowAnimation } from './flow-animation.ts';
import type { Layout, Point, Route } from './layout/geometry.ts';
import { layoutOf } from './layout/layout.ts';
import { NodeShape } from './node-shape.tsx';
import { selectEdge, selection } from './selection.ts';
import './picture.css';

export interface PictureProps {
  readonly topology: Topology;
  readonly conditions: Conditions;
  readonly stale: boolean;
}

/** The map in three layers. Only the layer with the moving dashes is painted at each animation step. */
export function Picture({ topology, conditions, stale }: PictureProps) {
  const layout = useMemo(() => layoutOf(topology), [topology]);
  const edges = useMemo(() => new Map(topology.edges.map((edge) => [edge.id, edge])), [topology]);
  const viewBox = `0 0 ${layout.width} ${layout.height}`;
  return (
    <div
      class="map-picture"
      data-stale={stale}
      style={{ '--map-ratio': `${layout.width} / ${layout.height}`, '--map-width': `${layout.width}px` }}
    >
      <svg class="map-layer" viewBox={viewBox} aria-hidden="true">
        <Boxes layout={layout} />
        {layout.routes.map((route) => (
          <Line
            key={route.id}
            route={route}
            edge={edges.get(route.id) as TopologyEdge}
            condition={conditions.edges.get(route.id) as EdgeCondition}
          />
        ))}
      </svg>
      <FlowLayer viewBox={viewBox} layout={layout} edges={edges} conditions={conditions} stale={stale} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be part of a drawing */}
      <svg class="map-layer map-front" viewBox={viewBox} role="group" aria-label="Components">
        {layout.routes.map((route) => (
          <Rate
            key={route.id}
            route={route}
            edge={edges.get(route.id) as TopologyEdge}
            condition={conditions.edges.get(route.id) as EdgeCondition}
          />
        ))}
        {layout.nodes.map((node) => {
          const condition = conditions.nodes.get(node.name);
          return condition && <NodeShape key={node.name} node={node} condition={condition} />;
        })}
      </svg>
    </div>
  );
}

const Boxes = memo(drawBoxes, ({ layout }) => [layout]);

function drawBoxes({ layout }: { readonly layout: Layout }) {
  return layout.boxes.map(({ kind, title, x, y, width, height }) => (
    <g key={`${kind} ${title}`} class={`map-box map-box-${kind}`} data-box={title}>
      <rect x={x} y={y} width={width} height={height} rx="9" />
      <text x={x + 12} y={y + 17}>
        {title}
      </text>
    </g>
  ));
}

interface EdgeProps {
  readonly route: Route;
  readonly edge: TopologyEdge;
  readonly condition: EdgeCondition;
}

function Line({ route, edge, condition }: EdgeProps) {
  const isSelected = selection().edge === route.id;
  return <KeptLine route={route} edge={edge} kind={condition.kind} isSelected={isSelected} />;
}

interface LineProps extends Pick<EdgeProps, 'route' | 'edge'> {
  readonly kind: EdgeCondition['kind'];
  readonly isSelected: boolean;
}

const KeptLine = memo(drawLine, ({ route, kind, isSelected }) => [route, kind, isSelected]);

function drawLine({ route, edge, kind, isSelected }: LineProps) {
  return (
    <g
      class="map-edge"
      data-edge={route.id}
      data-kind={edge.kind}
      data-condition={kind}
      data-selected={isSelected}
    >
      <path class="map-line" d={pathOf(route.points)} />
      <path class="map-arrow" d={arrowOf(route)} />
    </g>
  );
}

/** Distance between the text above and the text below a horizontal connection, in units of the picture. */
const splitDistance = 22;

/** The keyboard focus skips the rates on the map. Keyboard users select a connection in the table view. */
const Rate = memo(drawRate, ({ route, condition }) => [route, condition.kind, condition.text]);

function drawRate({ route, edge, condition }: EdgeProps) {
  const { x, y, anchor, isSplit } = route.label;
  const [first = '', ...rest] = condition.text.split(' ');
  const lines = isSplit ? [first, rest.join(' ')] : [condition.text];
  const name = `${edge.kind} from ${edge.from} to ${edge.to}: ${condition.text}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button of its own
    <g
      class="map-rate"
      role="button"
      tabindex={-1}
      data-rate={edge.id}
      data-condition={condition.kind}
      onClick={() => selectEdge(edge.id)}
      onKeyDown={(event) => event.key === 'Enter' && selectEdge(edge.id)}
    >
      <title>{name}</title>
      <path class="map-hit" d={pathOf(route.points)} />
      {lines.map((line, index) => (
        <text
          key={line}
          x={x}
          y={isSplit ? y + (index - 0.5) * splitDistance : y}
          text-anchor={anchor}
          dominant-baseline="central"
        >
          {line}
        </text>
      ))}
    </g>
  );
}

interface FlowLayerProps extends PictureProps {
  readonly viewBox: string;
  readonly layout: Layout;
  readonly edges: ReadonlyMap<string, TopologyEdge>;
}

function FlowLayer({ viewBox, layout, edges, conditions, stale }: Omit<FlowLayerProps, 'topology'>) {
  const element = useRef<SVGSVGElement>(null);
  useFlowAnimation(element);
  const speed = (route: Route): Speed | undefined => {
    const condition = conditions.edges.get(route.id);
    return condition?.kind === 'flowing' && !stale ? speedOf(condition.rate) : undefined;
  };
  return (
    <svg ref={element} class="map-layer map-flow" viewBox={viewBox} aria-hidden="true">
      {(Object.keys(speeds) as Speed[]).map((name) => {
        const routes = layout.routes.filter((route) => speed(route) === name);
        return <Dashes key={name} speed={name} routes={routes} edges={edges} />;
      })}
    </svg>
  );
}

interface DashesProps {
  readonly speed: Speed;
  readonly routes: readonly Route[];
  readonly edges: ReadonlyMap<string, TopologyEdge>;
}

const Dashes = memo(drawDashes, ({ edges, routes }) => [edges, routes.map(({ id }) => id).join()]);

function drawDashes({ speed, routes, edges }: DashesProps) {
  return (
    <g data-speed={speed} stroke-dasharray={`${dash.length} ${dash.gap}`}>
      {routes.map(({ id, points }) => (
        <path key={id} data-flow={id} data-kind={edges.get(id)?.kind} d={pathOf(points)} />
      ))}
    </g>
  );
}

const cornerRadius = 6;

function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const [start, end] = [towards(point, before), towards(point, after)];
      return `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`;
    })
    .join('');
}

function towards(point: Point, other: Point): Point {
  const length = Math.hypot(other.x - point.x, other.y - point.y);
  const share = Math.min(cornerRadius, length / 2) / (length || 1);
  return { x: point.x + (other.x - point.x) * share, y: point.y + (other.y - point.y) * share };
}

const arrow = { length: 8, halfWidth: 4.5 } as const;

function arrowOf({ points, arrowAt }: Route): string {
  const ordered = arrowAt === 'last' ? points : [...points].reverse();
  const [tip, before] = [ordered.at(-1), ordered.at(-2)];
  if (!tip || !before) return '';
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const base = { x: tip.x - dx * arrow.length, y: tip.y - dy * arrow.length };
  const [sideX, sideY] = [dy * arrow.halfWidth, dx * arrow.halfWidth];
  return `M${tip.x} ${tip.y}L${base.x + sideX} ${base.y + sideY}L${base.x - sideX} ${base.y - sideY}Z`;
}
