import { defineMetrics } from '../definition.ts';

export const alertmanagerMetrics = defineMetrics({
  alerts: {
    name: 'alertmanager_alerts',
    type: 'gauge',
    unit: 'alerts',
    help: 'Alerts, by state.',
    labels: ['state'],
  },
  configReloaded: {
    name: 'alertmanager_config_last_reload_successful',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the last load of the configuration succeeded.',
    labels: [],
  },
  notifications: {
    name: 'alertmanager_notifications_total',
    type: 'counter',
    unit: 'notifications',
    help: 'Notifications that Alertmanager tried to send, by integration.',
    labels: ['integration'],
  },
  notificationsFailed: {
    name: 'alertmanager_notifications_failed_total',
    type: 'counter',
    unit: 'notifications',
    help: 'Notifications that Alertmanager failed to send, by integration and reason.',
    labels: ['integration', 'reason'],
  },
});
