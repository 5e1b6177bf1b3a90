import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that its parent draws again only if a dependency has changed (`!==`). A change of a signal that
 * `draw` reads also draws the component again.
 * Use `memo` instead of `useMemo` for elements. With `useMemo`, Preact 11 keeps all old elements in memory.
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
      // `createElement` turns `draw` into an inner component. If a signal changes, Preact draws only the inner component
      // again. If `render` called `draw` directly, Preact would have to call `render` again after a change of a signal.
      // `shouldComponentUpdate` above would prevent this call, because it compares only the dependencies.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
