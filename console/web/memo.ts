import { Component, type ComponentChildren, type ComponentType, createElement } from 'preact';

/**
 * Creates a component. When the parent is drawn again, Preact draws the component again only if a dependency has changed
 * (`!==`). If the function `draw` reads a signal, Preact draws the component again after each change of the signal.
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
      // again. Without the inner component, `render` would call `draw` directly, and a change of a signal would have to
      // call `render` again. But `shouldComponentUpdate` above would prevent the call of `render`, because
      // `shouldComponentUpdate` compares only the dependencies.
      return createElement(draw as ComponentType<Props>, this.props);
    }
  };
}
