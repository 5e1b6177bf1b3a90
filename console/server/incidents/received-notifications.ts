import type { Labels } from '../../alerting.ts';
import type { Draft } from './incident.ts';
import { includes } from './labels.ts';

/** How long the console keeps a notification that belongs to no incident yet. */
const keepMs = 60_000;
const maxWaiting = 500;

/** Times are Unix times in milliseconds. */
export interface ReceivedNotification {
  readonly receivedAt: number;
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  /** Time at which the alert fired, by the clock of Prometheus. */
  readonly startsAt: number;
}

/** Adds each notification to its incident. An early notification waits for its incident for up to one minute. */
export class ReceivedNotifications {
  #waiting: readonly ReceivedNotification[] = [];

  add(drafts: readonly Draft[], notification: ReceivedNotification): void {
    const { receivedAt, status, labels } = notification;
    const startsAt = Number.isNaN(notification.startsAt) ? receivedAt : notification.startsAt;
    const draft = drafts.find(
      (candidate) =>
        includes(labels, candidate.labels) &&
        candidate.startedAt <= startsAt &&
        startsAt <= (candidate.endedAt ?? startsAt),
    );
    if (!draft) {
      this.#waiting = [...this.#waiting, { ...notification, startsAt }].slice(-maxWaiting);
      return;
    }
    if (status === 'firing') {
      if (draft.times.notified === undefined) draft.times.notified = receivedAt;
    } else if (draft.endedAt === undefined) {
      draft.claimedEnd = receivedAt;
    } else if (draft.times.resolved === undefined) {
      draft.times.resolved = receivedAt;
      draft.state = 'resolved';
    }
  }

  addWaiting(drafts: readonly Draft[], at: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const notification of waiting) {
      if (at - notification.receivedAt < keepMs) this.add(drafts, notification);
    }
  }
}
