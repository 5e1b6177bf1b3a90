import { request } from 'undici';
import * as z from 'zod';
import { dashboards } from '../../dashboards/index.ts';
import { dashboardUidsFor } from '../../rules/index.ts';
import { type Check, fail, pass, skip } from '../check.ts';
import { direct } from '../direct.ts';

const deadlineMs = 10_000;
const found = z.array(z.object({ uid: z.string() }));

/** Checks that Grafana answers, that its database works, and that it has all dashboards. */
export const grafana: Check = async (system) => {
  if (!system.grafana) return [skip('Grafana', 'this system has no Grafana')];
  const { url, username, password, dispatcher } = await system.grafana();
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const get = async (path: string) => {
    const response = await request(`${url}${path}`, {
      headers: { authorization },
      dispatcher: dispatcher ?? (await direct()),
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.statusCode !== 200)
      throw new Error(
        `Grafana answered ${path} with HTTP ${response.statusCode}; check the login and the log of Grafana`,
      );
    return response.body.json();
  };
  await get('/api/health');
  const present = new Set(found.parse(await get('/api/search?type=dash-db&limit=1000')).map((d) => d.uid));
  const expected = dashboardUidsFor(system);
  return dashboards
    .filter(({ uid }) => expected.includes(uid))
    .map(({ uid, title }) =>
      present.has(uid)
        ? pass(`dashboard ${title}`, 'provisioned')
        : fail(
            `dashboard ${title}`,
            `Grafana has no dashboard with the uid ${uid}; deploy the environment again`,
          ),
    );
};
