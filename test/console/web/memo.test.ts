import type { Component } from 'preact';
import { describe, expect, it } from 'vitest';
import { memo } from '../../../console/web/memo.ts';

interface Props {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly unit?: string;
}

const sizes = [1, 2];

function redraws(
  dependencies: ((props: Props) => readonly unknown[]) | undefined,
  before: Props,
  after: Props,
) {
  const Kept = memo<Props>(() => null, dependencies) as new (props: Props) => Component<Props>;
  return new Kept(before).shouldComponentUpdate?.(after, {}, {});
}

describe('a component with memo', () => {
  it('is drawn again only after a change of a property', () => {
    expect(redraws(undefined, { name: 'nats', sizes }, { name: 'nats', sizes })).toBe(false);
    expect(redraws(undefined, { name: 'nats', sizes }, { name: 'nats', sizes: [1, 2] })).toBe(true);
    expect(redraws(undefined, { name: 'nats', sizes }, { name: 'nats', sizes, unit: 'B' })).toBe(true);
  });
});

describe('a component with memo and dependencies', () => {
  it('is drawn again only after a change of a dependency', () => {
    const nameOf = ({ name }: Props) => [name];
    expect(redraws(nameOf, { name: 'nats', sizes }, { name: 'nats', sizes: [3] })).toBe(false);
    expect(redraws(nameOf, { name: 'nats', sizes }, { name: 'console', sizes })).toBe(true);
  });
});
