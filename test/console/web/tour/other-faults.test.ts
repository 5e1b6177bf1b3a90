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

describe('the injected faults that do not belong to the open tour step', () => {
  const limited = fault('limited', { blockedBy: 'timeout' });
  const timeout = fault('timeout', { injected: true });
  const nats = fault('nats', { injected: true });

  it('are marked as blocking if they prevent the action of the step', () => {
    expect(otherFaults({ kind: 'inject', fault: 'limited' }, [limited, timeout, nats])).toEqual([
      { name: 'timeout', title: 'Title of timeout', blocks: true },
      { name: 'nats', title: 'Title of nats', blocks: false },
    ]);
  });

  it('do not contain the fault of the step itself', () => {
    expect(otherFaults({ kind: 'restore', fault: 'timeout' }, [limited, timeout])).toEqual([]);
    expect(otherFaults({ kind: 'inject', fault: 'timeout' }, [limited, timeout])).toEqual([]);
  });

  it('are all injected faults if the step has no action', () => {
    expect(otherFaults(undefined, [nats]).map(({ name }) => name)).toEqual(['nats']);
  });

  it('are an empty list before the web page receives the list of faults', () => {
    expect(otherFaults({ kind: 'burst' }, undefined)).toEqual([]);
  });
});
