import { describe, expect, it } from 'vitest';
import type { FaultStatus } from '../../../../console/controls/faults.ts';
import { otherFaults } from '../../../../console/web/views/tour/other-faults.ts';

const fault = (name: string, rest: Partial<FaultStatus> = {}): FaultStatus => ({
  name,
  title: `Title of ${name}`,
  description: '',
  alerts: [],
  breaks: [],
  injected: false,
  ...rest,
});

describe('the list of injected faults in a tour step', () => {
  const limited = fault('limited', { blockedBy: 'timeout' });
  const timeout = fault('timeout', { injected: true });
  const nats = fault('nats', { injected: true });

  it('marks a fault that prevents the action of the step', () => {
    expect(otherFaults({ kind: 'inject', fault: 'limited' }, [limited, timeout, nats])).toEqual([
      { name: 'timeout', title: 'Title of timeout', blocks: true },
      { name: 'nats', title: 'Title of nats', blocks: false },
    ]);
  });

  it('excludes the fault that the step injects or ends', () => {
    expect(otherFaults({ kind: 'restore', fault: 'timeout' }, [limited, timeout])).toEqual([]);
    expect(otherFaults({ kind: 'inject', fault: 'timeout' }, [limited, timeout])).toEqual([]);
  });

  it('contains every injected fault if the step has no action', () => {
    expect(otherFaults(undefined, [nats]).map(({ name }) => name)).toEqual(['nats']);
  });

  it('is empty until the web page has received the faults', () => {
    expect(otherFaults({ kind: 'burst' }, undefined)).toEqual([]);
  });
});
