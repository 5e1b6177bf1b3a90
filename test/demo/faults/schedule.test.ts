import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotPossibleNow, OutOfBounds } from '../../../console/index.ts';
import type { Fault, FaultContext } from '../../../demo/faults/index.ts';
import { FaultInjector, FaultSchedule } from '../../../demo/faults/index.ts';
import { planOf } from '../../../demo/faults/plan.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const at = Date.parse('2026-01-01T00:00:00Z');

describe('the plan of a fault schedule', () => {
  it('is the same for two schedules with the same seed', () => {
    const order = (seed: number) =>
      planOf(names, { every: 10, length: 100, seed })
        .map(({ fault }) => fault)
        .join('');
    const twice = [order(42), order(42)];
    expect(twice[1]).toBe(twice[0]);
    expect(new Set(Array.from({ length: 50 }, (_, seed) => order(seed))).size).toBeGreaterThan(40);
  });

  it('has the recorded order of faults for the seed 7', () => {
    expect(
      planOf(names, { every: 10, length: 70, seed: 7 })
        .map(({ fault }) => fault)
        .join(''),
    ).toMatchInlineSnapshot(`"dbceaea"`);
  });

  it('contains every fault once before a fault is repeated', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), (seed, steps) => {
        const plan = planOf(names, { every: 60, length: steps * 60 + 59, seed });
        expect(plan.map(({ startsAfter }) => startsAfter)).toEqual(
          Array.from({ length: steps }, (_, i) => i * 60),
        );
        for (let round = 0; round < steps; round += names.length) {
          const faults = plan.slice(round, round + names.length).map(({ fault }) => fault);
          expect(new Set(faults).size).toBe(faults.length);
        }
      }),
    );
  });

  it('is empty if no faults exist', () => {
    expect(planOf([], { every: 10, length: 100, seed: 1 })).toEqual([]);
  });
});

describe('a fault schedule', () => {
  let events: string[];
  let faults: (Fault & { restore: ReturnType<typeof vi.fn> })[];
  let injector: FaultInjector;
  let schedule: FaultSchedule;
  const seconds = () => (Date.now() - at) / 1000;

  beforeEach(() => {
    vi.useFakeTimers({ now: at });
    events = [];
    faults = names.map((name) => ({
      ...{ name, title: name, description: '.', cause: '.', alerts: [], breaks: [name] },
      area: 'messaging',
      inject: async () => void events.push(`${seconds()} +${name}`),
      restore: vi.fn(async () => void events.push(`${seconds()} -${name}`)),
    }));
    injector = new FaultInjector(faults, {} as FaultContext);
    schedule = new FaultSchedule(injector);
  });
  afterEach(() => void vi.useRealTimers());

  const order = () => planOf(names, { every: 60, length: 180, seed: 3 }).map(({ fault }) => fault);

  it('injects and ends one fault in each interval', async () => {
    schedule.start({ every: 60, length: 180, seed: 3 });
    await vi.advanceTimersByTimeAsync(180_000);
    const [first, second, third] = order();
    expect(events).toEqual([
      `0 +${first}`,
      `30 -${first}`,
      `60 +${second}`,
      `90 -${second}`,
      `120 +${third}`,
      `150 -${third}`,
    ]);
    const { running, plan } = schedule.status();
    expect(running).toBe(false);
    expect(plan?.steps.map(({ state }) => state)).toEqual(['over', 'over', 'over']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shows the seed, the current fault and the next fault', async () => {
    schedule.start({ every: 60, length: 180 });
    await vi.advanceTimersByTimeAsync(1000);
    const { plan } = schedule.status();
    const seed = plan?.seed ?? -1;
    const expected = planOf(names, { every: 60, length: 180, seed }).map(({ fault }) => fault);
    expect(plan?.steps).toEqual([
      { fault: expected[0], startsAt: at, state: 'injected' },
      { fault: expected[1], startsAt: at + 60_000, state: 'due' },
      { fault: expected[2], startsAt: at + 120_000, state: 'due' },
    ]);
  });

  it('injects the next fault only when the previous fault has ended', async () => {
    const [first, second] = order();
    const stuck = faults.find(({ name }) => name === first);
    stuck?.restore.mockRejectedValue(new Error('stuck'));
    schedule.start({ every: 60, length: 180, seed: 3 });
    await vi.advanceTimersByTimeAsync(70_000);
    expect(schedule.status()).toMatchObject({ running: true, waiting: second });
    expect(events).toEqual([`0 +${first}`]);
    stuck?.restore.mockImplementation(async () => void events.push(`-${first}`));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.slice(1, 2)).toEqual([`-${first}`]);
    expect(events[2]).toMatch(new RegExp(`\\+${second}$`));
    expect(schedule.status()).not.toHaveProperty('waiting');
  });

  it('skips a fault that cannot be injected', async () => {
    const [first, second] = order();
    await injector.inject(first as string);
    schedule.start({ every: 60, length: 180, seed: 3 });
    await vi.advanceTimersByTimeAsync(60_000);
    const { plan } = schedule.status();
    expect(plan?.steps[0]).toMatchObject({
      state: 'skipped',
      error: expect.stringContaining('already injected'),
    });
    expect(events.at(-1)).toBe(`60 +${second}`);
    expect(injector.isInjected(first as string)).toBe(true);
  });

  it('ends its current fault when the user stops the schedule', async () => {
    const [first] = order();
    schedule.start({ every: 60, length: 180, seed: 3 });
    await vi.advanceTimersByTimeAsync(10_000);
    await schedule.stop();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(events).toEqual([`0 +${first}`, `10 -${first}`]);
    expect(schedule.status().running).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('accepts a length that is not a multiple of the interval between faults', () => {
    schedule.start({ every: 15, length: 3010 });
    expect(schedule.status().plan?.steps).toHaveLength(200);
  });

  it('cannot start while a schedule runs', () => {
    schedule.start({ every: 60, length: 180 });
    expect(() => schedule.start({ every: 60, length: 180 })).toThrow(NotPossibleNow);
  });

  it.each([
    ['every', { every: 9, length: 180 }, /10 to 3600/],
    ['length', { every: 60, length: 59 }, /at least 60/],
    ['length', { every: 10, length: 14_400 }, /1440 faults. Expected at most 200/],
    ['length', { every: 600, length: 14_401 }, /10 to 14400/],
    ['hold', { every: 60, length: 180, hold: 60 }, /less than 60/],
    ['seed', { every: 60, length: 180, seed: -1 }, /0 to 4294967295/],
  ] as const)('is refused if the field `%s` has a wrong value: %j', (field, options, message) => {
    const start = () => schedule.start(options);
    expect(start).toThrow(OutOfBounds);
    expect(start).toThrow(message);
    expect(start).toThrow(expect.objectContaining({ field }));
    expect(schedule.status().running).toBe(false);
  });
});
