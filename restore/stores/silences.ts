import type { AlertmanagerApi } from '../../verify/alertmanager-api.ts';
import { digestOf, type Part } from '../part.ts';

const creator = 'restore-drill';
const silenceMs = 3600_000;

/** Creates a silence for one hour. */
export async function addDrillSilence(
  alertmanager: Pick<AlertmanagerApi, 'silence'>,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<void> {
  await alertmanager.silence({
    matchers: [{ name, value, isRegex: false, isEqual: true }],
    endsAt: new Date(Date.now() + silenceMs),
    createdBy: creator,
    comment: 'The restore drill restores this silence.',
  });
}

/** Ends the silences of this drill and of earlier drills. */
export async function removeDrillSilences(
  alertmanager: Pick<AlertmanagerApi, 'silences' | 'expire'>,
): Promise<void> {
  const own = (await alertmanager.silences()).filter(
    ({ createdBy, status }) => createdBy === creator && status.state !== 'expired',
  );
  for (const { id } of own) await alertmanager.expire(id);
}

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
