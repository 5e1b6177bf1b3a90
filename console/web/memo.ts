import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only after one of its dependencies has changed. Dependencies are compared by
 * identity. Parts of the live state keep their identity until they change.
 *
 * Use this function to keep elements, and never `useMemo`. With `useMemo`, Preact 11 links each kept element to the
 * drawing that created it. That drawing has kept elements of its own, with links to earlier drawings. Therefore no
 * drawing is ever freed: the memory of an open page grows by 7 MB a minute on the map.
 * @param dependencies returns the values that the drawing depends on. The number of values must always be the same.
 *   The default is the values of all properties.
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
      // This component is separate from the outer component. After a change of a signal, Preact draws only this
      // component again, and does not call shouldComponentUpdate of the outer component.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
