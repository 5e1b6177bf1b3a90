import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only if a dependency has changed (`!==`).
 *
 * Use `memo` instead of `useMemo` to reuse elements. With `useMemo`, Preact 11 keeps all old elements in memory: on
 * the map, 7 MB a minute.
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
      // `createElement` makes `draw` an inner component. When a signal that `draw` reads changes, Preact renders only the
      // inner component. Preact does not call `shouldComponentUpdate` of the outer component.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
