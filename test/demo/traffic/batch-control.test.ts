import { describe, expect, it, vi } from 'vitest';
import { ControlFailed } from '../../../console/index.ts';
import type { Batch, BatchMode } from '../../../demo/traffic/batch.ts';
import { BatchControl } from '../../../demo/traffic/batch-control.ts';
import { RunHistory } from '../../../demo/traffic/run-history.ts';

function control() {
  const modes: BatchMode[] = [];
  const batch = {
    start: async () => {},
    stop: async () => {},
    setMode: vi.fn(async (mode: BatchMode) => void modes.push(mode)),
    trigger: vi.fn<Batch['trigger']>(async () => ({ status: 200, body: '{"status":"success"}' })),
  };
  return { batch, modes, control: new BatchControl(batch, new RunHistory()) };
}

describe('the schedule of the batch', () => {
  it("returns to the user's chosen mode when a fault ends", async () => {
    const { control: batch, modes } = control();
    await batch.setMode('off');
    await batch.hold('failing');
    expect(batch.schedule()).toMatchObject({ mode: 'off', held: 'failing' });
    await batch.hold(undefined);
    expect(modes).toEqual(['off', 'failing', 'off']);
    expect(batch.schedule()).not.toHaveProperty('held');
  });

  it('delays a mode change by the user until the fault ends', async () => {
    const { control: batch, modes } = control();
    await batch.hold('off');
    await batch.setMode('failing');
    expect(modes).toEqual(['off']);
    await batch.hold(undefined);
    expect(modes).toEqual(['off', 'failing']);
  });

  it('keeps its mode when a change of the mode fails', async () => {
    const { control: batch, batch: failing } = control();
    failing.setMode.mockRejectedValue(new Error('Airflow answered 500'));
    await expect(batch.setMode('off')).rejects.toThrow(ControlFailed);
    expect(batch.schedule().mode).toBe('on');
  });
});

describe('a run of the batch', () => {
  it.each([
    ['success', 200, '{"status":"success"}'],
    ['failure', 200, '{"status":"failure"}'],
    ['failure', 200, '{"state":"failed"}'],
    ['refused', 503, '{"title":"Service Unavailable"}'],
  ] as const)('is listed as %s after an answer with status %i and body %s', async (state, status, body) => {
    const { control: batch, batch: runner } = control();
    runner.trigger.mockResolvedValue({ status, body });
    await batch.run({ records: 7, failAt: 'load' });
    expect(batch.runs()).toMatchObject([
      { by: 'hand', state, records: 7, failAt: 'load', seconds: expect.any(Number) },
    ]);
  });

  it('is listed as running until it ends', async () => {
    const { control: batch, batch: runner } = control();
    let end = (_: { status: number; body: string }) => {};
    runner.trigger.mockReturnValue(
      new Promise((resolve) => {
        end = resolve;
      }),
    );
    const run = batch.run({});
    expect(batch.runs()).toMatchObject([{ state: 'running' }]);
    end({ status: 200, body: '{"status":"success"}' });
    await run;
    expect(batch.runs()).toMatchObject([{ state: 'success' }]);
  });

  it('is listed with the reason if it cannot start', async () => {
    const { control: batch, batch: runner } = control();
    runner.trigger.mockRejectedValue(new Error('connect ECONNREFUSED'));
    await expect(batch.run({})).rejects.toThrow(/did not run: connect ECONNREFUSED/);
    expect(batch.runs()).toMatchObject([{ state: 'refused', error: 'connect ECONNREFUSED' }]);
  });

  it('disappears from the list after ten newer runs', async () => {
    const { control: batch } = control();
    for (let records = 0; records < 12; records += 1) await batch.run({ records });
    expect(batch.runs().map(({ records }) => records)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });
});
