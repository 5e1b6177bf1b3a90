import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlFailed, NotPossibleNow, OutOfBounds } from '../../../console/index.ts';
import type { Fault, FaultContext } from '../../../demo/faults/index.ts';
import { FaultInjector, faults } from '../../../demo/faults/index.ts';

const context = {} as FaultContext;

function fault(name: string, more: Partial<Fault> = {}) {
  return {
    name,
    title: name,
    area: 'messaging',
    description: 'Something breaks.',
    cause: 'A cause.',
    alerts: [{ alert: 'Broken' }],
    breaks: [name],
    ...more,
    inject: vi.fn(more.inject ?? (async () => {})),
    restore: vi.fn(more.restore ?? (async () => {})),
  } satisfies Fault;
}

const scale = { title: 'share', unit: '%', min: 20, max: 100, step: 5, default: 50 };
const at = Date.parse('2026-01-01T00:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: at }));
afterEach(() => void vi.useRealTimers());

function statusOf(injector: FaultInjector, name: string) {
  const found = injector.list().find((status) => status.name === name);
  if (!found) throw new Error(`There is no fault ${name}.`);
  return found;
}

describe('a fault with a duration', () => {
  it('ends automatically after its duration', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 60 });
    expect(statusOf(injector, 'broken')).toMatchObject({
      injected: true,
      injectedAt: at,
      endsAt: at + 60_000,
    });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(broken.restore).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(broken.restore).toHaveBeenCalledTimes(1);
    expect(statusOf(injector, 'broken')).not.toHaveProperty('endsAt');
    expect(statusOf(injector, 'broken').injected).toBe(false);
  });

  it('ends later if a second injection sets a later end', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 60 });
    await vi.advanceTimersByTimeAsync(40_000);
    await injector.inject('broken', { for: 60 });
    expect(statusOf(injector, 'broken')).toMatchObject({ injectedAt: at, endsAt: at + 100_000 });
    await injector.inject('broken', { for: 5 });
    expect(statusOf(injector, 'broken').endsAt).toBe(at + 100_000);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(broken.restore).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(broken.restore).toHaveBeenCalledTimes(1);
  });

  it('becomes permanent after an injection without a duration', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 60 });
    await injector.inject('broken');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(statusOf(injector, 'broken').injected).toBe(true);
    expect(broken.restore).not.toHaveBeenCalled();
  });

  it('has no timer after the user has ended the fault', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 60 });
    await injector.restore('broken');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no timer after the pipeline stops', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 60 });
    await injector.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(broken.restore).not.toHaveBeenCalled();
  });

  it.each([4, 3601, Number.NaN])('of %s s is refused', async (seconds) => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await expect(injector.inject('broken', { for: seconds })).rejects.toThrow(
      /Set a duration from 5 s to 3600 s/,
    );
    expect(broken.inject).not.toHaveBeenCalled();
  });
});

describe('the intensity of a fault', () => {
  it('stays the same after a later injection without an intensity', async () => {
    const strong = fault('strong', { intensity: scale });
    const injector = new FaultInjector([strong], context);
    await injector.inject('strong');
    await injector.inject('strong', { intensity: 80 });
    await injector.inject('strong', { for: 10 });
    expect(strong.inject.mock.calls.map(([, intensity]) => intensity)).toEqual([50, 80, 80]);
    expect(statusOf(injector, 'strong')).toMatchObject({ intensity: scale, injectedIntensity: 80 });
  });

  it('is refused outside the scale of the fault', async () => {
    const injector = new FaultInjector([fault('strong', { intensity: scale })], context);
    const refusal = injector.inject('strong', { intensity: 10 });
    await expect(refusal).rejects.toBeInstanceOf(OutOfBounds);
    await expect(refusal).rejects.toMatchObject({ field: 'intensity' });
    await expect(refusal).rejects.toThrow(/20 to 100 %/);
  });

  it('is refused if the fault has only one intensity', async () => {
    const injector = new FaultInjector([fault('broken')], context);
    await expect(injector.inject('broken', { intensity: 10 })).rejects.toThrow(
      /intensity of broken cannot be changed/,
    );
  });
});

describe('a component with an injected fault', () => {
  it('refuses a second fault that also breaks another component', async () => {
    const one = fault('one', { breaks: ['exporter'] });
    const both = fault('both', { breaks: ['mock', 'exporter'] });
    const injector = new FaultInjector([one, both], context);
    await injector.inject('one');
    expect(statusOf(injector, 'both').blockedBy).toBe('one');
    await expect(injector.inject('both')).rejects.toThrow(
      'both cannot be injected while one is injected, because both change exporter. End one first.',
    );
    await injector.restore('one');
    await injector.inject('both');
    expect(statusOf(injector, 'one').blockedBy).toBe('both');
  });

  it('gets no second fault until the first fault ends', async () => {
    const one = fault('one', { changes: 'nats' });
    const other = fault('other', { changes: 'nats' });
    const injector = new FaultInjector([one, other], context);
    await injector.inject('one');
    expect(statusOf(injector, 'other').blockedBy).toBe('one');
    const refusal = injector.inject('other');
    await expect(refusal).rejects.toBeInstanceOf(NotPossibleNow);
    await expect(refusal).rejects.toThrow(/End one first/);
    expect(other.inject).not.toHaveBeenCalled();
    await injector.restore('one');
    await injector.inject('other');
    expect(other.inject).toHaveBeenCalledTimes(1);
  });

  it('is restored only after the injection has finished', async () => {
    const events: string[] = [];
    let finish = () => {};
    const slow = fault('slow', {
      changes: 'nats',
      inject: () => {
        events.push('slow begins');
        return new Promise((resolve) => {
          finish = () => {
            events.push('slow ends');
            resolve();
          };
        });
      },
    });
    const injector = new FaultInjector([slow], context);
    const injected = injector.inject('slow');
    const restored = injector.restore('slow').then(() => events.push('restored'));
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual(['slow begins']);
    finish();
    await Promise.all([injected, restored]);
    expect(events).toEqual(['slow begins', 'slow ends', 'restored']);
    expect(statusOf(injector, 'slow').injected).toBe(false);
  });
});

describe('the fault injector', () => {
  it('reports a failed attempt to end a fault, and lists the fault as injected', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken');
    broken.restore.mockRejectedValueOnce(new Error('no such process'));
    await expect(injector.restore('broken')).rejects.toThrow(ControlFailed);
    expect(statusOf(injector, 'broken')).toMatchObject({
      injected: true,
      error: expect.stringContaining('no such process'),
    });
    await injector.restore('broken');
    expect(statusOf(injector, 'broken').injected).toBe(false);
    expect(statusOf(injector, 'broken')).not.toHaveProperty('error');
  });

  it('tries again after 5 s if the automatic end of a fault fails', async () => {
    const broken = fault('broken');
    const injector = new FaultInjector([broken], context);
    await injector.inject('broken', { for: 10 });
    broken.restore.mockRejectedValueOnce(new Error('no such process'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(statusOf(injector, 'broken').error).toContain('no such process');
    await vi.advanceTimersByTimeAsync(5000);
    expect(statusOf(injector, 'broken').injected).toBe(false);
  });

  it('reports a failed injection, and undoes the partial injection', async () => {
    const broken = fault('broken', { inject: () => Promise.reject(new Error('mock is down')) });
    const injector = new FaultInjector([broken], context);
    await expect(injector.inject('broken', { for: 10 })).rejects.toThrow(/mock is down/);
    expect(broken.restore).toHaveBeenCalledTimes(1);
    expect(statusOf(injector, 'broken')).toMatchObject({ injected: false, error: expect.any(String) });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a request to end all faults', () => {
  it('ends every injected fault and returns the names of these faults', async () => {
    const faults = ['one', 'two', 'three'].map((name) => fault(name));
    const injector = new FaultInjector(faults, context);
    await injector.inject('one');
    await injector.inject('three', { for: 60 });
    expect(await injector.clear()).toEqual(['one', 'three']);
    expect(injector.list().some(({ injected }) => injected)).toBe(false);
    expect(faults[1]?.restore).not.toHaveBeenCalled();
  });

  it('ends the other faults if one fault cannot be ended', async () => {
    const faults = ['one', 'two'].map((name) => fault(name));
    const injector = new FaultInjector(faults, context);
    await injector.inject('one');
    await injector.inject('two');
    faults[0]?.restore.mockRejectedValueOnce(new Error('stuck'));
    await expect(injector.clear()).rejects.toThrow(/one could not be ended.*stuck/);
    expect(injector.list().map(({ injected }) => injected)).toEqual([true, false]);
  });
});

describe('a fault that interrupts a process', () => {
  function withProcess(process: 'stopped' | 'suspended' | 'killed', inject?: () => Promise<void>) {
    const component: { pid: number | undefined; signal: () => boolean } = { pid: 7, signal: () => true };
    const end = async () => {
      if (process === 'stopped') component.pid = undefined;
    };
    const broken = fault('broken', { process, inject: inject ?? end });
    const injector = new FaultInjector([broken], { component: () => component } as unknown as FaultContext);
    return { component, broken, injector };
  }

  it('ends when a new process replaces the suspended process', async () => {
    const { component, broken, injector } = withProcess('suspended');
    await injector.inject('broken', { for: 60 });
    expect(injector.isInjected('broken')).toBe(true);
    component.pid = 8;
    expect(statusOf(injector, 'broken').injected).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(broken.restore).not.toHaveBeenCalled();
  });

  it('is still injected after the killed component has started again', async () => {
    const { component, injector } = withProcess('killed');
    await injector.inject('broken');
    component.pid = 8;
    expect(statusOf(injector, 'broken').injected).toBe(true);
  });

  it('ends when the stopped component starts again', async () => {
    const { component, injector } = withProcess('stopped');
    await injector.inject('broken');
    expect(statusOf(injector, 'broken').injected).toBe(true);
    component.pid = 8;
    expect(statusOf(injector, 'broken').injected).toBe(false);
    await injector.inject('broken');
    expect(statusOf(injector, 'broken').injected).toBe(true);
  });

  it('is not active if the component starts again during the injection', async () => {
    const { component, injector } = withProcess('stopped', async () => {
      component.pid = 8;
    });
    await injector.inject('broken');
    expect(statusOf(injector, 'broken').injected).toBe(false);
  });

  it.each(['nats-frozen', 'edge-cut-off', 'usdt-exporter-frozen'])(
    'cannot be injected while the component has no process: %s',
    async (name) => {
      const component = { pid: undefined, signal: () => false };
      const injector = new FaultInjector(faults, { component: () => component } as unknown as FaultContext);
      await expect(injector.inject(name)).rejects.toThrow(NotPossibleNow);
      await expect(injector.inject(name)).rejects.toThrow('has no process to suspend');
      expect(statusOf(injector, name)).toMatchObject({ injected: false });
      expect(statusOf(injector, name)).not.toHaveProperty('error');
    },
  );
});
