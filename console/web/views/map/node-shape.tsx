import { memo } from '../../memo.ts';
import type { NodeCondition } from './condition.ts';
import { IconPath } from './icon.tsx';
import type { PlacedNode } from './layout/geometry.ts';
import { selection, selectNode } from './selection.ts';
import { faultText, fitted, processText, spokenName } from './texts.ts';

/** The area of the fault text in the box of a component. */
const faultArea = { x: 7, y: 25, right: 4, height: 29 } as const;
const faultLineHeight = 12.5;
/** Width of the icon with its margins. */
const faultIcon = 17;
const letterWidth = 6.2;

export function NodeShape({
  node,
  condition,
}: {
  readonly node: PlacedNode;
  readonly condition: NodeCondition;
}) {
  const isSelected = selection().node === node.name;
  const spoken = spokenName(node.name, condition);
  return <Shape node={node} condition={condition} spoken={spoken} isSelected={isSelected} />;
}

interface ShapeProps {
  readonly node: PlacedNode;
  readonly condition: NodeCondition;
  readonly spoken: string;
  readonly isSelected: boolean;
}

/** Live values arrive every second. An unchanged shape is not drawn again. */
const Shape = memo(drawShape, ({ node, condition, spoken, isSelected }) => [
  node,
  spoken,
  condition.state,
  condition.tone,
  isSelected,
]);

function drawShape({ node, condition, spoken, isSelected }: ShapeProps) {
  const { name, x, y, width, height } = node;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    selectNode(name);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element
    <g
      class="map-node"
      transform={`translate(${x} ${y})`}
      role="button"
      tabindex={0}
      aria-pressed={isSelected}
      data-node={name}
      data-state={condition.state}
      data-tone={condition.tone}
      data-faults={condition.faults.map((fault) => fault.name).join(' ')}
      onClick={() => selectNode(name)}
      onKeyDown={onKeyDown}
    >
      <title>{spoken}</title>
      <rect class="map-card" width={width} height={height} rx="8" />
      <path class="map-stripe" d={`M8 0H5A5 8 0 0 0 0 8V${height - 8}A5 8 0 0 0 5 ${height}H5V0Z`} />
      <text class="map-name" x="16" y="20">
        {fitted(name, width - 24)}
      </text>
      {condition.faults.length > 0 ? (
        <FaultBadge condition={condition} width={width} />
      ) : (
        <State condition={condition} />
      )}
    </g>
  );
}

function State({ condition }: { readonly condition: NodeCondition }) {
  return (
    <>
      <g class="map-state">
        <g transform="translate(16 27)">
          <IconPath condition={condition} />
        </g>
        <text x="33" y="37">
          {condition.text}
        </text>
      </g>
      <text class="map-detail" x="16" y="52">
        {processText(condition)}
      </text>
    </>
  );
}

function FaultBadge({ condition, width }: { readonly condition: NodeCondition; readonly width: number }) {
  const { x, y, right, height } = faultArea;
  const areaWidth = width - x - right;
  const lines = faultText(condition.faults, Math.floor((areaWidth - faultIcon) / letterWidth));
  const middle = y + height / 2;
  const first = middle - ((lines.length - 1) * faultLineHeight) / 2;
  return (
    <g class="map-fault">
      <rect x={x} y={y} width={areaWidth} height={height} rx="5" />
      <g transform={`translate(${x + 3} ${middle - 6})`}>
        <IconPath condition={condition} />
      </g>
      <text dominant-baseline="central">
        {lines.map((line, index) => (
          <tspan key={line} x={x + faultIcon} y={first + index * faultLineHeight}>
            {line}
            {index < lines.length - 1 && !line.endsWith('-') && ' '}
          </tspan>
        ))}
      </text>
    </g>
  );
}
