import { type Check, fail, pass } from '../check.ts';

export const alertmanager: Check = async ({ prometheus }) => {
  const urls = await prometheus.alertmanagers();
  const name = 'Prometheus has an Alertmanager';
  return [
    urls.length > 0
      ? pass(name, urls.join(', '))
      : fail(
          name,
          'the program that evaluates the rules (Prometheus or the Thanos ruler) sends alerts to no Alertmanager; check that Alertmanager runs, and check the Alertmanager address in the configuration of this program',
        ),
  ];
};
