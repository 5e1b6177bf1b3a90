import type { Command } from 'commander';
import { notation } from '../../metrics/duration.ts';
import { faultSeconds } from '../controls/bounds.ts';
import type { FaultStatus } from '../controls/faults.ts';
import { type ConsoleClient, Refused } from './client.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Run } from './output.ts';
import { faultTable } from './tables.ts';
import { decimal, durationWithin } from './values.ts';

export function addFaults(program: Command, run: Run): void {
  program
    .command('fault')
    .description('injects a fault; without a name, lists the faults')
    .argument('[name]', 'name of the fault')
    .option(
      '--for <duration>',
      'ends the fault after this time, such as 60s or 5m',
      durationWithin(faultSeconds),
    )
    .option(
      '--intensity <N>',
      'intensity of the fault; if the number is out of range, the error message shows the range',
      decimal,
    )
    .action((name: string | undefined, options: { for?: number; intensity?: number }) =>
      run(async (client) => {
        if (name === undefined) {
          const faults = await client.call<readonly FaultStatus[]>('/api/faults');
          return { text: faultTable(faults, Date.now()), data: faults };
        }
        await requireKnown(client, name);
        const path = pathOf(name);
        await client.call(path, { method: 'POST', body: options, withinMs: 120_000 });
        const fault = await client.call<FaultStatus>(path);
        const alerts = fault.alerts.map(({ alert }) => alert).join(', ');
        const end =
          options.for === undefined
            ? `Restore it: npm run demo -- restore ${name}`
            : `It ends after ${notation(options.for)}.`;
        return { text: `Injected: ${fault.title}. Expected alert: ${alerts}. ${end}`, data: fault };
      }),
    );
  program
    .command('restore')
    .description('ends a fault')
    .argument('<name>', 'name of the fault')
    .action((name: string) =>
      run(async (client) => {
        const wasInjected = (await requireKnown(client, name))?.injected ?? true;
        const path = pathOf(name);
        await client.call(path, { method: 'DELETE', withinMs: 120_000 });
        const text = wasInjected ? `Restored: ${name}.` : `${name} was not injected.`;
        return { text, data: await client.call<FaultStatus>(path) };
      }),
    );
  program
    .command('clear')
    .description('stops the schedule and ends every fault')
    .action(() =>
      run(async (client) => {
        const answer = await client.call<{ restored: readonly string[] }>('/api/faults', {
          method: 'DELETE',
          withinMs: 120_000,
        });
        const { restored } = answer;
        const text = restored.length > 0 ? `Restored: ${restored.join(', ')}.` : 'No fault was injected.';
        return { text: `${text} No schedule runs.`, data: answer };
      }),
    );
}

const pathOf = (name: string): string => `/api/faults/${encodeURIComponent(name)}`;

/**
 * @returns undefined before the console has a list of faults
 * @throws Refused for an unknown fault
 */
async function requireKnown(client: ConsoleClient, name: string): Promise<FaultStatus | undefined> {
  const faults = await client.call<readonly FaultStatus[]>('/api/faults');
  const found = faults.find((fault) => fault.name === name);
  if (found || faults.length === 0) return found;
  const suggestion = didYouMean(
    name,
    faults.map((fault) => fault.name),
  );
  const lines = [
    `There is no fault ${name}.`,
    ...(suggestion === undefined ? [] : [suggestion]),
    'This command lists the faults: npm run demo -- fault',
  ];
  throw new Refused(lines.join('\n'));
}
