import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LiveSection, LiveSections } from '../live.ts';
import { ApiError, call } from './api.ts';
import { keepEqual } from './keep-equal.ts';

const sections: { readonly [Name in LiveSection]: Signal<LiveSections[Name] | undefined> } = {
  topology: signal(undefined),
  offered: signal(undefined),
  components: signal(undefined),
  flows: signal(undefined),
  faults: signal(undefined),
  schedule: signal(undefined),
  traffic: signal(undefined),
  batch: signal(undefined),
  notifications: signal(undefined),
  alertRules: signal(undefined),
  alerts: signal(undefined),
  incidents: signal(undefined),
};

/** The live state of the pipeline. A section is undefined until its first event arrives. */
export const live: { readonly [Name in LiveSection]: ReadonlySignal<LiveSections[Name] | undefined> } =
  sections;

/** Unchanged parts stay the same objects. The page does not draw such parts again. */
export function setLive<Name extends LiveSection>(section: Name, value: LiveSections[Name]): void {
  const { [section]: current } = sections as {
    readonly [Section in Name]: Signal<LiveSections[Name] | undefined>;
  };
  current.value = keepEqual(current.peek(), value);
}

/** Unix time in milliseconds at which the live stream failed. Undefined after the stream opens again. */
export const lostSince = signal<number | undefined>(undefined);

/** Why the console sends no live state, for example because too many pages are open. */
export const refusal = signal<string | undefined>(undefined);

/** Current Unix time in milliseconds. Changes every second. */
export const now = signal(Date.now());

/** A hidden page has no connection, because a browser opens few connections to one server. */
export function connect(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 1000);
  let end: (() => void) | undefined;
  const follow = () => {
    if (document.hidden) {
      end?.();
      end = undefined;
    } else {
      end ??= receive();
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

const retryMs = 2000;

/** @returns a function that closes the stream */
function receive(): () => void {
  const ended = new AbortController();
  const open = () => {
    if (ended.signal.aborted) return;
    const events = new EventSource('/api/events');
    ended.signal.addEventListener('abort', () => events.close());
    events.onopen = () => {
      lostSince.value = undefined;
      refusal.value = undefined;
    };
    events.onerror = async () => {
      lostSince.value ??= Date.now();
      // CLOSED: the server refused the connection. The browser does not connect again by itself.
      if (events.readyState !== EventSource.CLOSED) return;
      refusal.value = await reasonOfRefusal(ended.signal);
      setTimeout(open, retryMs);
    };
    for (const section of Object.keys(sections) as LiveSection[]) {
      events.addEventListener(section, (event) => setLive(section, JSON.parse(event.data)));
    }
  };
  open();
  return () => ended.abort();
}

/** Repeats the request with `fetch`, because an EventSource hides the error message of the server. */
async function reasonOfRefusal(signal: AbortSignal): Promise<string | undefined> {
  try {
    await call('/api/events', { signal, withinMs: retryMs });
    return undefined;
  } catch (error) {
    return error instanceof ApiError && error.status > 0 ? error.message : undefined;
  }
}

/** Whether the pipeline is still starting. The list of faults is then empty. */
export const isStarting = (): boolean =>
  live.offered.value?.faults === true && live.faults.value?.length === 0;

/** Assumed scrape interval in seconds, until the page receives the scrape interval of the pipeline. */
const usualScrapeInterval = 5;
/** Seconds. */
export const scrapeInterval = (): number => live.topology.value?.scrapeIntervalSeconds ?? usualScrapeInterval;
