import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only after a change of its dependencies. The dependencies are compared by
 * identity, because unchanged parts of the live state keep their identity.
 *
 * Use this function instead of `useMemo` to reuse elements. With `useMemo`, Preact 11 never frees the results of old
 * renders: a reused element refers to the render that created it, and this render refers to older reused elements. On
 * the map, the memory of an open page then grows by 7 MB a minute.
 * @param dependencies the values on which the result of `draw` depends; the default is the values of all properties
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
      // `draw` becomes a component of its own. If a signal that `draw` reads changes, Preact draws only this inner
      // component again, and does not call shouldComponentUpdate of the outer component.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
