import type { Change } from '../change/change.ts';
import { alertsOf, dashboardsOf, pushesOf, receiversOf } from './notices.ts';
import { readersOf } from './readers.ts';
import { scrapesOf } from './scrapes.ts';
import type { Effect, Part, Touch } from './touch.ts';
import { writesOf } from './writes.ts';

export interface Impact extends Touch {
  /** Names of the changes that cause the impact. */
  readonly because: readonly string[];
}

const parts: readonly Part[] = ['scrape', 'remote write', 'push', 'alert', 'receiver', 'dashboard'];
const effects: readonly Effect[] = ['removed', 'changed', 'added', 'reads'];

export function impactOf(changes: readonly Change[]): readonly Impact[] {
  const found = new Map<string, Impact>();
  for (const change of changes) {
    for (const touch of touchesOf(change)) {
      const key = `${touch.part} ${touch.name} ${touch.effect}`;
      const known = found.get(key);
      const because = new Set([...(known?.because ?? []), change.name]);
      found.set(key, { ...touch, because: [...because] });
    }
  }
  const all = [...found.values()];
  const has = (effects: readonly Effect[], { part, name }: Touch) =>
    effects.some((effect) => found.has(`${part} ${name} ${effect}`));
  return all
    .filter((impact) => !has(stronger[impact.effect], impact))
    .sort((one, other) => rank(one) - rank(other));
}

const stronger: Readonly<Record<Effect, readonly Effect[]>> = {
  removed: [],
  added: [],
  changed: ['removed', 'added'],
  reads: ['removed', 'added', 'changed'],
};

const rank = ({ part, effect }: Touch) => parts.indexOf(part) * effects.length + effects.indexOf(effect);

function touchesOf(change: Change): readonly Touch[] {
  const scrapes = scrapesOf(change);
  const own: readonly Touch[] = [
    ...scrapes.map(({ job, effect }): Touch => ({ part: 'scrape', name: job, effect })),
    ...writesOf(change),
    ...pushesOf(change),
    ...alertsOf(change),
    ...receiversOf(change),
    ...dashboardsOf(change),
  ];
  const readers = scrapes.flatMap(({ source, job }): Touch[] => {
    if (!source) return [];
    const { alerts, dashboards } = readersOf(source);
    return [
      ...alerts.map((name): Touch => ({ part: 'alert', name, effect: 'reads', via: job })),
      ...dashboards.map((name): Touch => ({ part: 'dashboard', name, effect: 'reads', via: job })),
    ];
  });
  return [...own, ...readers];
}
