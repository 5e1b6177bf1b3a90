import { useEffect, useState } from 'preact/hooks';
import { scrapeInterval } from '../../live.ts';

const nextSecond = () => Math.ceil(Date.now() / 1000);

/**
 * The end of the time axis of all queries of a step, as a Unix time in seconds. The end moves with each scrape interval
 * while the page is visible, and at each change of `event`.
 * @param event such as the time at which the step got its tick: the charts then show the data that the check has found
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
