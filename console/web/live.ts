import { type Signal, signal } from '@preact/signals';
import type { LiveSections } from '../live.ts';

type Signals = { readonly [Name in keyof LiveSections]: Signal<LiveSections[Name] | undefined> };

/** The live state of the pipeline by section; a section is undefined until its first event. */
export const live: Signals = {
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

/** Unix time in milliseconds since which the console does not answer; undefined while it answers. */
export const lostSince = signal<number | undefined>(undefined);

/** The current time in milliseconds, once a second, for ages and durations. */
export const now = signal(Date.now());

/**
 * Receives the live state while the page is visible. The browser connects again by itself after a restart of the
 * console. A hidden page gives its connection back: a browser has six connections for all pages of one server, and a
 * seventh page would never load.
 */
export function connect(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 1000);
  let events: EventSource | undefined;
  const open = () => {
    events?.close();
    events = document.visibilityState === 'visible' ? stream(open) : undefined;
  };
  document.addEventListener('visibilitychange', open);
  open();
}

/** @param reopen called some time after the browser has given up */
function stream(reopen: () => void): EventSource {
  const events = new EventSource('/api/events');
  events.onopen = () => {
    lostSince.value = undefined;
  };
  events.onerror = () => {
    lostSince.value ??= Date.now();
    // A browser gives up after an answer that is not a stream, such as that of another server on this port.
    if (events.readyState === EventSource.CLOSED) setTimeout(reopen, 2000);
  };
  for (const [section, value] of Object.entries(live)) {
    events.addEventListener(section, (event) => {
      value.value = JSON.parse(event.data);
    });
  }
  return events;
}
