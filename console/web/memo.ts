import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only if a dependency has changed (`!==`).
 *
 * Do not use `useMemo` to draw elements less often: Preact 11 then keeps all old elements in memory. On the map, the
 * memory grew by 7 MB a minute.
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
      // `createElement` makes `draw` an inner component. If `draw` reads a signal and the signal changes, Preact draws
      // the inner component again. `shouldComponentUpdate` of the outer component cannot prevent this.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
