import { memo } from '../../memo.ts';
import type { NodeCondition } from './condition.ts';
import { IconPath } from './icon.tsx';
import type { PlacedNode } from './layout/geometry.ts';
import { selection, selectNode } from './selection.ts';
import { fitted, processText, spokenName } from './texts.ts';

/** Average width of a letter in a badge, in units of the picture. */
const letterWidth = 6.9;
const badgeHeight = 18;
const badgeLift = 9;

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

/** Live values arrive every second. `memo` draws the shape only after a change of these values. */
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
    // SVG has no button.
    // biome-ignore lint/a11y/useSemanticElements: see above
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
      <FaultBadge condition={condition} width={width} />
    </g>
  );
}

function FaultBadge({ condition, width }: { readonly condition: NodeCondition; readonly width: number }) {
  const [first, ...others] = condition.faults;
  if (!first) return null;
  const text = others.length > 0 ? `${first.title} +${others.length}` : first.title;
  const badgeWidth = text.length * letterWidth + 16;
  return (
    <g class="map-fault" transform={`translate(${width / 2} 0)`}>
      <rect
        x={-badgeWidth / 2}
        y={-badgeHeight / 2 - badgeLift}
        width={badgeWidth}
        height={badgeHeight}
        rx={badgeHeight / 2}
      />
      <text y={-badgeLift} text-anchor="middle" dominant-baseline="central">
        {text}
      </text>
    </g>
  );
}
