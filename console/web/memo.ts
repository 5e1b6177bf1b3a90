import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component that is drawn again only after one of its dependencies has changed. Dependencies are compared by
 * identity.
 *
 * Use this function to keep elements, and never `useMemo`. Preact 11 links a reused element to the drawing in which it
 * was created. This drawing contains other reused elements, which are linked to still earlier drawings. Therefore the
 * memory of an open page would grow with each drawing: 7 MB a minute on the map.
 * @param dependencies returns the values that the drawing depends on, always the same number of values
 */
export function memo<Props extends object>(
  draw: (props: Props) => ComponentChildren,
  dependencies: (props: Props) => readonly unknown[],
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = dependencies(this.props);
      return dependencies(next).some((value, index) => value !== before[index]);
    }
    override render(): ComponentChildren {
      // The inner component is separate. If a signal changes, Preact draws the inner component again without a call of
      // the outer component's shouldComponentUpdate.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
