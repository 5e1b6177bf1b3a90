import { type Check, fail, pass } from '../check.ts';

/** The central Prometheus knows an Alertmanager to send to. */
export const alertmanager: Check = async ({ prometheus }) => {
  const urls = await prometheus.alertmanagers();
  const name = 'Alertmanager is wired';
  return [
    urls.length > 0 ? pass(name, urls.join(', ')) : fail(name, 'Prometheus has no active Alertmanager'),
  ];
};
