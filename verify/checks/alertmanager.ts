import { type Check, fail, pass } from '../check.ts';

/** Checks that the central Prometheus has an active Alertmanager. */
export const alertmanager: Check = async ({ prometheus }) => {
  const urls = await prometheus.alertmanagers();
  const name = 'Prometheus has an Alertmanager';
  return [
    urls.length > 0
      ? pass(name, urls.join(', '))
      : fail(name, 'Prometheus sends its alerts to no Alertmanager'),
  ];
};
