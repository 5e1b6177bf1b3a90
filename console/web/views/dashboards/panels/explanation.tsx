import { useEffect, useRef } from 'preact/hooks';
import { formatOf } from '../../../format/units.ts';
import { Code, Markdown } from '../../../markdown.tsx';
import type { QueryNote } from '../../../prometheus.ts';
import { QueryNotes } from '../../../query-notes.tsx';
import { exploreUrl } from '../../../router.ts';
import type { PanelJson } from '../board/board-json.ts';
import type { ReadyQuery } from '../board/board-state.ts';
import { thresholdLines } from '../board/field.ts';
import { styleColor } from '../board/named-color.ts';
import './explanation.css';

export interface ExplanationProps {
  readonly panel: PanelJson;
  readonly queries: readonly ReadyQuery[];
  readonly notes: readonly QueryNote[];
}

export function Explanation({ panel, queries, notes }: ExplanationProps) {
  const { defaults } = panel.fieldConfig;
  const format = formatOf(defaults.unit, defaults.decimals);
  const lines = thresholdLines(defaults);
  return (
    <>
      <Markdown text={panel.description ?? ''} />
      {lines.length > 0 && (
        <p class="boards-levels">
          {lines.map(({ value, color }) => (
            <span key={value} class="pill">
              <span class="boards-dot" style={{ background: styleColor(color) }} /> {color} from{' '}
              {format(value)}
            </span>
          ))}
        </p>
      )}
      {queries.map(({ target, expr }) => (
        <Code
          key={target.refId}
          code={expr}
          language="promql"
          below={
            <p class="boards-query-links">
              {target.legendFormat && (
                <span class="quiet">
                  Legend <code>{target.legendFormat}</code>
                </span>
              )}
              <a href={exploreUrl(expr)}>Open the query</a>
            </p>
          }
        />
      ))}
      <QueryNotes notes={notes} />
    </>
  );
}

export function ExplanationDialog({
  onClose,
  ...props
}: ExplanationProps & { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = `explain-${props.panel.id}`;
  return (
    <dialog ref={dialog} class="boards-dialog" aria-labelledby={title} onClose={onClose}>
      <div class="boards-dialog-body">
        <header>
          <h2 id={title}>{props.panel.title}</h2>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <Explanation {...props} />
      </div>
    </dialog>
  );
}
