import { useEffect, useState } from 'preact/hooks';
import { scrapeInterval } from '../../live.ts';

const nextSecond = () => Math.ceil(Date.now() / 1000);

/**
 * End of the time axis of all charts of a step, as a Unix time in seconds. On a visible page, the end moves after
 * each scrape interval and after each change of `event`.
 * @param event for example, the time at which the check of the step succeeded
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
