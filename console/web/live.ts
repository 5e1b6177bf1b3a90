import { type Signal, signal } from '@preact/signals';
import type { LiveSections } from '../live.ts';
import { ApiError, call } from './api.ts';

type Signals = { readonly [Name in keyof LiveSections]: Signal<LiveSections[Name] | undefined> };

/** The live state of the pipeline, by section. A section is undefined until its first event arrives. */
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

/** Unix time in milliseconds at which the console stopped answering; undefined while it answers. */
export const lostSince = signal<number | undefined>(undefined);

/** Why the console refuses to send the live state, such as too many open pages; undefined while it does not refuse. */
export const refusal = signal<string | undefined>(undefined);

/** The current time in milliseconds, once a second, for ages and durations. */
export const now = signal(Date.now());

/**
 * Receives the live state while the page is visible. A browser opens six connections to a host at most, for all tabs
 * together; the streams of six hidden tabs would leave no connection for the seventh tab.
 */
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

/** The browser connects again by itself after a restart of the console. @returns a function that ends the stream */
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
      // A browser gives up after an answer that is not a stream, such as a refusal or that of another server on this port.
      if (events.readyState !== EventSource.CLOSED) return;
      refusal.value = await reasonOfRefusal(ended.signal);
      setTimeout(open, retryMs);
    };
    for (const [section, value] of Object.entries(live)) {
      events.addEventListener(section, (event) => {
        value.value = JSON.parse(event.data);
      });
    }
  };
  open();
  return () => ended.abort();
}

/** An EventSource reports no status and no body. Therefore a second request reads why the first one was refused. */
async function reasonOfRefusal(signal: AbortSignal): Promise<string | undefined> {
  try {
    await call('/api/events', { signal, withinMs: retryMs });
    return undefined;
  } catch (error) {
    return error instanceof ApiError && error.status > 0 ? error.message : undefined;
  }
}
