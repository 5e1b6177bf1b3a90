import { signalAlerts } from '../config/signal-alerts.ts';

/** Whether an alert fires. False for an alert that needs no action, such as `Watchdog`. */
export function isFiring({ alert, state }: { readonly alert: string; readonly state: string }): boolean {
  return state === 'firing' && !signalAlerts.includes(alert);
}
