import { useEffect, useState } from 'preact/hooks';
import { scrapeInterval } from '../../live.ts';

const nextSecond = () => Math.ceil(Date.now() / 1000);

/**
 * In the tour of the console, all charts of a step have the same time axis. This function returns the end of this
 * time axis in Unix seconds. After each scrape interval, the end moves to the present time.
 * @param event any value; when the value changes, the end moves to the present time immediately
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
