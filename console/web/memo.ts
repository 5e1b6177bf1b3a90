import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only after a change of its dependencies. The dependencies are compared by
 * identity, because unchanged parts of the live state keep their identity.
 *
 * Use this function to keep elements, and never `useMemo`. With `useMemo`, Preact 11 never frees an old drawing: a
 * kept element refers to its drawing, and this drawing refers to older kept elements. The memory of an open page then
 * grows by 7 MB a minute on the map.
 * @param dependencies the values behind the drawing; the default is the values of all properties
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
      // A separate component. After a change of a signal, Preact draws only this inner component, without
      // shouldComponentUpdate of the outer component.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
