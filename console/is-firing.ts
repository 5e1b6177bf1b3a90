import { signalAlerts } from '../config/signal-alerts.ts';

/** Whether an alert fires and needs a person. `Watchdog` always fires, and needs nobody. */
export function isFiring({ alert, state }: { readonly alert: string; readonly state: string }): boolean {
  return state === 'firing' && !signalAlerts.includes(alert);
}
