import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that Preact draws again only after a change of a dependency or of a signal.
 * Use `memo` instead of `useMemo` for elements, because `useMemo` of Preact 11 keeps all old elements in memory.
 * @param dependencies the values that `draw` uses; by default all properties
 */
export function memo<Props extends object>(
  draw: (props: Props) => ComponentChildren,
  dependencies: (props: Props) => readonly unknown[] = Object.values,
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = dependencies(this.props);
      const after = dependencies(next);
      return after.length !== before.length || after.some((value, index) => value !== before[index]);
    }
    override render(): ComponentChildren {
      // `draw` must be an inner component, because the `shouldComponentUpdate` above ignores the signals that `draw`
      // reads. After a change of a signal, Preact draws only the inner component again.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
