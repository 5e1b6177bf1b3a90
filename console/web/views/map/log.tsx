import { useEffect, useRef } from 'preact/hooks';
import { call } from '../../api.ts';
import { useLoaded } from '../../use-loaded.ts';

const lines = 200;
const refreshMs = 2000;
const nearEnd = 30;

/** The log lines are shown as text, never as HTML. */
export function Log({ name }: { readonly name: string }) {
  const { result, error } = useLoaded(
    `log of ${name}`,
    (signal) =>
      call<{ readonly lines: readonly string[] }>(
        `/api/components/${encodeURIComponent(name)}/log?lines=${lines}`,
        { signal },
      ),
    refreshMs,
  );
  const element = useRef<HTMLPreElement>(null);
  const followsEnd = useRef(true);
  const text = result?.lines.join('\n');
  useEffect(() => {
    const { current } = element;
    if (current && followsEnd.current) current.scrollTop = current.scrollHeight;
  }, [text]);
  const onScroll = () => {
    const { current } = element;
    if (!current) return;
    followsEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < nearEnd;
  };
  return (
    <section class="map-section">
      <h3>Log</h3>
      {error !== undefined && <p class="error-text">{error}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
      <pre ref={element} class="map-log" tabIndex={0} onScroll={onScroll}>
        {text === '' ? 'The log is empty.' : text}
      </pre>
    </section>
  );
}
