import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * A component that is drawn again only after one of its dependencies has changed, compared by identity.
 *
 * Use it where elements must be kept, and never `useMemo`. Preact 11 links an element that is used again to the drawing
 * in which it was made. This drawing holds other kept elements, which are linked to earlier drawings. Therefore the
 * memory of an open page grows with each drawing: 7 MB a minute on the map.
 *
 * @param dependencies the values that the drawing depends on, always the same number
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
      // A component of its own, because a changed signal does not ask shouldComponentUpdate of the inner component.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
