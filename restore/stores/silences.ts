import type { AlertmanagerApi } from '../../verify/alertmanager-api.ts';
import { digestOf, type Part } from '../part.ts';

/**
 * The silences that have not expired, and for each silence the alerts under it. Alertmanager does not store alerts:
 * Prometheus sends them again.
 */
export async function silenceParts(
  alertmanager: Pick<AlertmanagerApi, 'silences' | 'alerts'>,
): Promise<readonly Part[]> {
  const [silences, alerts] = await Promise.all([alertmanager.silences(), alertmanager.alerts()]);
  return silences
    .filter(({ status }) => status.state !== 'expired')
    .flatMap(({ id, status: _, ...silence }) => {
      const under = alerts.filter(({ status }) => status.silencedBy.includes(id));
      const name = `silence ${id}`;
      return [
        { name, count: 1, unit: 'silences', digest: digestOf(silence) },
        ...(under.length > 0 ? [{ name: `alerts under ${name}`, count: under.length, unit: 'alerts' }] : []),
      ];
    });
}
