import { useEffect, useMemo, useState } from 'preact/hooks';
import { isLive, type RelativeRange, type Span, spanOf } from './time-range.ts';

export interface ReadSpan {
  /** Undefined if the URL contains an invalid range. */
  readonly span: Span | undefined;
  /** Refreshes the panels. A range relative to `now` moves to the current time. */
  readonly readAgain: () => void;
  /** The number of refreshes. A panel reads its data again after each change of this number. */
  readonly reads: number;
}

/**
 * A hidden page or a range with a fixed end has no automatic refresh.
 * @param everySeconds 0: no timer
 */
export function useSpan(range: RelativeRange, everySeconds: number): ReadSpan {
  const [reads, setReads] = useState(0);
  const readAgain = () => setReads((count) => count + 1);
  const span = useMemo(() => spanOf(range, Date.now() / 1000), [range.from, range.to, reads]);
  const isMoving = everySeconds > 0 && isLive(range);
  useEffect(() => {
    if (!isMoving) return;
    const readAt = Date.now();
    const isDue = () => Date.now() - readAt >= everySeconds * 1000;
    const next = () => {
      if (document.visibilityState === 'visible' && isDue()) readAgain();
    };
    const timer = setTimeout(next, everySeconds * 1000 + 5);
    document.addEventListener('visibilitychange', next);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', next);
    };
  }, [isMoving, everySeconds, span]);
  return { span, readAgain, reads };
}
