import * as z from 'zod';
import type { Notification } from '../live.ts';

const keep = 100;

/** The fields of a webhook of Alertmanager (version 4) that the console uses. */
export const webhook = z.object({
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()),
        startsAt: z.string(),
      }),
    )
    .max(1000),
});

/** The last hundred notifications, newest first. */
export class Notifications {
  #received: readonly Notification[] = [];

  get list(): readonly Notification[] {
    return this.#received;
  }

  add({ alerts }: z.infer<typeof webhook>, now = new Date()): void {
    const added = alerts.map(({ status, labels, annotations }) => ({
      receivedAt: now.toISOString(),
      status,
      alert: labels.alertname ?? 'unnamed',
      labels,
      annotations,
    }));
    this.#received = [...added, ...this.#received].slice(0, keep);
  }
}
