import type { NodeCondition } from './condition.ts';

type Shape = NodeCondition['state'] | 'fault';

/** SVG paths of 12 × 12 units. Shapes differ, because some users cannot distinguish the colours. */
const paths: Readonly<Record<Shape, string>> = {
  running: 'M1.5 6.5 4.5 9.5 10.5 2.5',
  starting: 'M3 2 9.5 6 3 10Z',
  restarting: 'M10 6A4 4 0 1 1 8.5 2.9M8.7 0.6V3.2H6.1',
  unhealthy: 'M6 1 11.3 10.8H0.7ZM6 4.5V7.2M6 8.8V9.3',
  stopping: 'M3.5 2V10M8.5 2V10',
  stopped: 'M2 2H10V10H2Z',
  fault: 'M7 0.8 2.5 7H6L5 11.2 9.5 5H6Z',
  unknown: 'M3.8 4.2A2.3 2.3 0 1 1 6 6.8V8M6 9.8V10.3',
};

const shapeOf = ({ state, faults }: NodeCondition): Shape => (faults.length > 0 ? 'fault' : state);

export function StateIcon({ condition }: { readonly condition: NodeCondition }) {
  return (
    <svg class="map-icon" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <IconPath condition={condition} />
    </svg>
  );
}

/** The icon of a condition, as a part of an SVG drawing. */
export function IconPath({ condition }: { readonly condition: NodeCondition }) {
  return <path class="map-icon-path" d={paths[shapeOf(condition)]} />;
}
