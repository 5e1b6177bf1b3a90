import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Draws again after a change of a dependency or signal.
 * @param dependencies default: all properties
 */
export function memo<Props extends object>(
  draw: (props: Props) => ComponentChildren,
  dependencies: (props: Props) => readonly unknown[] = Object.values,
): ComponentType<Props> {
  // `useMemo` of Preact 11 would keep all old elements in memory.
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = dependencies(this.props);
      const after = dependencies(next);
      return after.length !== before.length || after.some((value, index) => value !== before[index]);
    }
    override render(): ComponentChildren {
      // Do not call `draw` directly. A changed signal would no longer cause a redraw.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
