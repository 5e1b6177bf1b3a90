import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../../keys.ts';
import { focusNode, selectNothing } from './selection.ts';
import './panel.css';

export interface PanelProps {
  readonly title: string;
  /** Name of a component. When the panel closes, the box of the component gets the keyboard focus. */
  readonly node?: string;
  readonly children: ComponentChildren;
}

export function Panel({ title, node, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  const close = () => {
    selectNothing();
    if (node !== undefined) focusNode(node);
  };
  useKeys({ Escape: close });
  return (
    <aside class="map-panel card" aria-label={title}>
      <div class="map-panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="quiet" onClick={close}>
          Close
        </button>
      </div>
      {children}
    </aside>
  );
}
