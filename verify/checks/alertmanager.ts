import { type Check, fail, pass } from '../check.ts';

export const alertmanager: Check = async ({ prometheus }) => {
  const urls = await prometheus.alertmanagers();
  const name = 'Prometheus has an Alertmanager';
  return [
    urls.length > 0
      ? pass(name, urls.join(', '))
      : fail(
          name,
          'Prometheus sends alerts to no Alertmanager; check the Alertmanager address in the configuration of Prometheus',
        ),
  ];
};
