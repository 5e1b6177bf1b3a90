import { useEffect, useState } from 'preact/hooks';
import { scrapeInterval } from '../../live.ts';

const nextSecond = () => Math.ceil(Date.now() / 1000);

/**
 * Returns the common end of all time axes in Unix seconds. The end moves to the present time after each scrape
 * interval, and after each change of `event`.
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
