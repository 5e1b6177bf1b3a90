import { useEffect, useState } from 'preact/hooks';
import { scrapeInterval } from '../../live.ts';

const nextSecond = () => Math.ceil(Date.now() / 1000);

/**
 * The common end of the time axes of a step, in Unix seconds.
 * @param event any value; when the value changes, the end moves to the present time
 */
export function useSharedEnd(event: unknown): number {
  const [end, setEnd] = useState(nextSecond);
  const interval = scrapeInterval();
  useEffect(() => {
    const move = () => {
      if (!document.hidden) setEnd(nextSecond());
    };
    move();
    const timer = setInterval(move, interval * 1000);
    return () => clearInterval(timer);
  }, [interval, event]);
  return end;
}
