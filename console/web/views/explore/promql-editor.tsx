import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useRef } from 'preact/hooks';
import { positionOf } from './query-error.ts';

export interface PromqlEditorProps {
  readonly expr: string;
  /** Number of query runs. After each run, the editor shows the executed query. */
  readonly run: number;
  readonly onChange: (expr: string) => void;
  /** The editor calls `onRun` when the user presses Enter. Shift+Enter inserts a new line. */
  readonly onRun: () => void;
  /** Error of the last query. The editor marks the position in the text. Undefined after a success. */
  readonly error: string | undefined;
}

const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--series-4)' },
  { tag: [tags.function(tags.variableName)], color: 'var(--info)' },
  { tag: [tags.labelName], color: 'var(--good)' },
  { tag: [tags.string], color: 'var(--accent)' },
  { tag: [tags.number], color: 'var(--series-6)' },
  { tag: [tags.comment], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.invalid], color: 'var(--bad)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--card)', color: 'var(--ink)', fontSize: '15px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-content': { fontFamily: 'ui-monospace, Menlo, "DejaVu Sans Mono", monospace', padding: '8px 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-placeholder': { color: 'var(--quiet)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--info-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--quiet)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--info-soft) !important',
  },
});

/**
 * The editor needs a shadow root. Without a shadow root, CodeMirror adds a style element to the page.
 * The Content Security Policy refuses such an element.
 */
export function PromqlEditor({ expr, run, onChange, onRun, error }: PromqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, onRun });
  latest.current = { onChange, onRun };

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const promql = new PromQLExtension().setComplete({
      remote: { url: '/api/prometheus', httpMethod: 'GET', lookbackInterval: 3_600_000 },
    });
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const created = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: expr,
        extensions: [
          history(),
          closeBrackets(),
          autocompletion(),
          promql.asExtension(),
          syntaxHighlighting(colors),
          look,
          EditorView.lineWrapping,
          placeholder('PromQL, such as sum(nats_varz_connections) by (cluster)'),
          EditorView.contentAttributes.of({ 'aria-label': 'PromQL query' }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current.onChange(state.doc.toString());
          }),
          // `completionKeymap` has priority. Enter in an open list of completions does not run the query.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap]),
          Prec.low(keymap.of([{ key: 'Enter', run: runQuery(latest) }, ...defaultKeymap])),
        ],
      }),
    });
    view.current = created;
    return () => {
      created.destroy();
      promql.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === expr) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: expr } });
  }, [expr, run]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, error)));
  }, [error]);

  return <div ref={host} class="explore-editor" />;
}

function runQuery(latest: { readonly current: Pick<PromqlEditorProps, 'onRun'> }) {
  return () => {
    latest.current.onRun();
    return true;
  };
}

function diagnosticsOf(state: EditorState, error: string | undefined): Diagnostic[] {
  if (error === undefined) return [];
  const found = positionOf(error);
  if (!found || found.line > state.doc.lines) return [];
  const line = state.doc.line(found.line);
  const from = Math.min(line.from + found.column - 1, line.to);
  const to = Math.min(from + 1, line.to);
  return [{ from: Math.min(from, Math.max(0, to - 1)), to, severity: 'error', message: found.message }];
}
