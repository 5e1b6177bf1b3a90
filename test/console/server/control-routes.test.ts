import { describe, expect, it } from 'vitest';
import { ControlFailed, NotPossibleNow, OutOfBounds, StillStarting } from '../../../console/controls.ts';
import { fakeConsole, fakeControls, json, own } from '../fake-console.ts';

function client() {
  const { app, controls } = fakeConsole();
  const ask = async (method: string, path: string, body?: unknown) => {
    const init =
      body === undefined
        ? { headers: own }
        : { headers: json, body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await app.request(path, { method, ...init });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { ask, controls };
}

describe('a fault of the demo', () => {
  it.each([
    ['no body', undefined, {}],
    ['an empty body', '', {}],
    ['an empty object', {}, {}],
    ['a duration and an intensity', { for: 60, intensity: 40 }, { for: 60, intensity: 40 }],
  ])('is injected by a request with %s', async (_, body, options) => {
    const { ask, controls } = client();
    expect((await ask('POST', '/api/faults/nats-killed', body)).status).toBe(204);
    expect(controls.faults.inject).toHaveBeenCalledWith('nats-killed', options);
  });

  it.each([
    ['for', { for: 4 }, /5/],
    ['for', { for: 3601 }, /3600/],
    ['for', { for: '60' }, /number/],
    ['intensity', { intensity: null }, /number/],
    ['duration', { duration: 5 }, /duration/],
  ])('is not injected if the field `%s` is wrong: %j', async (field, body, detail) => {
    const { ask, controls } = client();
    const answer = await ask('POST', '/api/faults/nats-killed', body);
    expect(answer).toMatchObject({ status: 400, body: { field, detail: expect.stringMatching(detail) } });
    expect(controls.faults.inject).not.toHaveBeenCalled();
  });

  it('is not injected by a request whose body is not JSON', async () => {
    const { ask, controls } = client();
    const answer = await ask('POST', '/api/faults/nats-killed', '{"for":');
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('not a JSON object') },
    });
    expect(controls.faults.inject).not.toHaveBeenCalled();
  });

  it('is returned by a GET request', async () => {
    const { ask } = client();
    expect(await ask('GET', '/api/faults/nats-killed')).toMatchObject({
      status: 200,
      body: { name: 'nats-killed' },
    });
    expect(await ask('GET', '/api/faults/meteorite')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('nats-killed'), field: 'name' },
    });
  });

  it.each([
    [400, new OutOfBounds('intensity', 'Expected 20 to 100 %.'), 'intensity'],
    [409, new NotPossibleNow('End one first.'), undefined],
    [502, new ControlFailed('The mock does not answer.'), undefined],
    [503, new StillStarting(), undefined],
  ])('causes an answer with status %i if its injection fails', async (status, error, field) => {
    const { ask, controls } = client();
    controls.faults.inject.mockRejectedValue(error);
    const answer = await ask('POST', '/api/faults/nats-killed');
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toBe(error.message);
    expect(answer.body.field).toBe(field);
  });

  it('is ended by a request that ends all faults', async () => {
    const { ask, controls } = client();
    expect(await ask('DELETE', '/api/faults')).toEqual({ status: 200, body: { restored: ['nats-killed'] } });
    expect(controls.faults.clear).toHaveBeenCalledTimes(1);
  });
});

describe('the schedule of faults', () => {
  it('starts with the default settings, or with the settings in the request', async () => {
    const { ask, controls } = client();
    expect(await ask('POST', '/api/schedule')).toMatchObject({ status: 200, body: { running: true } });
    await ask('POST', '/api/schedule', { every: 60, length: 300, hold: 20, seed: 7 });
    expect(controls.schedule.start.mock.calls).toEqual([
      [{ every: 180, length: 1800 }],
      [{ every: 60, length: 300, hold: 20, seed: 7 }],
    ]);
  });

  it.each([
    ['every', { every: 1 }],
    ['length', { length: 1e6 }],
    ['seed', { seed: 1.5 }],
    ['minutes', { minutes: 3 }],
  ])('does not start if the field `%s` is wrong: %j', async (field, body) => {
    const { ask, controls } = client();
    expect(await ask('POST', '/api/schedule', body)).toMatchObject({ status: 400, body: { field } });
    expect(controls.schedule.start).not.toHaveBeenCalled();
  });

  it('is stopped by a DELETE request', async () => {
    const { ask, controls } = client();
    expect(await ask('GET', '/api/schedule')).toMatchObject({
      status: 200,
      body: { running: false, bounds: expect.any(Object) },
    });
    expect((await ask('DELETE', '/api/schedule')).status).toBe(204);
    expect(controls.schedule.stop).toHaveBeenCalledTimes(1);
  });
});

describe('the traffic of the demo', () => {
  it('changes only in the fields that the request contains', async () => {
    const { ask } = client();
    expect(await ask('PUT', '/api/traffic/edge', { rate: 99 })).toMatchObject({
      status: 200,
      body: { cluster: 'another-cluster', rate: 99, size: 128 },
    });
    expect(await ask('GET', '/api/traffic/edge')).toMatchObject({ status: 200, body: { rate: 99 } });
    expect(await ask('GET', '/api/traffic/primary')).toMatchObject({ status: 200, body: { rate: 40 } });
  });

  it.each([
    ['rate', { rate: 2001 }],
    ['size', { size: 65_537 }],
    ['clients', { clients: 0 }],
    ['mode', { mode: 'fast' }],
    ['speed', { speed: 1 }],
  ])('does not change if the field `%s` is wrong: %j', async (field, body) => {
    const { ask, controls } = client();
    expect(await ask('PUT', '/api/traffic/primary', body)).toMatchObject({ status: 400, body: { field } });
    expect(controls.traffic.set).not.toHaveBeenCalled();
  });

  it('cannot be read or changed for an unknown cluster', async () => {
    const { ask } = client();
    for (const method of ['GET', 'PUT']) {
      expect(await ask(method, '/api/traffic/mars', method === 'PUT' ? {} : undefined)).toMatchObject({
        status: 404,
        body: { field: 'cluster', detail: expect.stringContaining('primary and edge') },
      });
    }
  });

  it('can include a burst of messages', async () => {
    const { ask, controls } = client();
    expect(await ask('POST', '/api/traffic/burst')).toEqual({ status: 200, body: { published: 5000 } });
    await ask('POST', '/api/traffic/burst', { cluster: 'edge', messages: 10 });
    expect(controls.burst.mock.calls).toEqual([[{}], [{ cluster: 'edge', messages: 10 }]]);
    expect(await ask('POST', '/api/traffic/burst', { messages: 0 })).toMatchObject({
      status: 400,
      body: { field: 'messages' },
    });
  });
});

describe('the batch of the demo', () => {
  it('runs with the parameters of the request', async () => {
    const { ask, controls } = client();
    const run = { failAt: 'extract', durationSeconds: 20, records: 10 };
    expect((await ask('POST', '/api/batch', run)).status).toBe(200);
    expect(controls.runBatch).toHaveBeenCalledWith(run);
  });

  it.each([
    ['records', { records: 100_001 }],
    ['durationSeconds', { durationSeconds: 61 }],
    ['failAt', { failAt: 'lunch' }],
    ['stage', { stage: 'load' }],
  ])('does not run if the field `%s` is wrong: %j', async (field, body) => {
    const { ask, controls } = client();
    expect(await ask('POST', '/api/batch', body)).toMatchObject({ status: 400, body: { field } });
    expect(controls.runBatch).not.toHaveBeenCalled();
  });

  it('has a schedule that a request can switch off', async () => {
    const { ask, controls } = client();
    expect(await ask('GET', '/api/batch')).toMatchObject({
      status: 200,
      body: { schedule: { mode: 'on' }, runs: [{ by: 'hand' }] },
    });
    expect((await ask('PUT', '/api/batch/schedule', { mode: 'off' })).status).toBe(204);
    expect(controls.batch.setMode).toHaveBeenCalledWith('off');
    expect(await ask('PUT', '/api/batch/schedule', { mode: 'maybe' })).toMatchObject({
      status: 400,
      body: { field: 'mode' },
    });
    expect(await ask('PUT', '/api/batch/schedule')).toMatchObject({ status: 400 });
  });
});

describe('an action on a component', () => {
  it('can kill a component for some seconds', async () => {
    const { ask, controls } = client();
    const body = { action: 'kill', for: 20 };
    expect((await ask('POST', '/api/components/prometheus', body)).status).toBe(204);
    expect(controls.act).toHaveBeenCalledWith('prometheus', 'kill', { for: 20 });
  });

  it.each([
    [{ action: 'stop', for: 20 }, /Only the action kill has a duration/],
    [{ action: 'kill', for: 0 }, /for/],
    [{ action: 'kill', for: 121 }, /for/],
  ])('refuses %j and names the field', async (body, reason) => {
    const { ask, controls } = client();
    const answer = await ask('POST', '/api/components/prometheus', body);
    expect(answer).toMatchObject({
      status: 400,
      body: { field: 'for', detail: expect.stringMatching(reason) },
    });
    expect(controls.act).not.toHaveBeenCalled();
  });
});

describe('a console that offers no controls', () => {
  it.each([
    ['POST', '/api/faults/nats-killed'],
    ['DELETE', '/api/faults'],
    ['GET', '/api/schedule'],
    ['POST', '/api/schedule'],
    ['PUT', '/api/traffic/primary'],
    ['POST', '/api/traffic/burst'],
    ['PUT', '/api/batch/schedule'],
    ['POST', '/api/batch'],
    ['POST', '/api/components/nats'],
    ['GET', '/api/components/nats/log'],
  ])('answers 404 to %s %s', async (method, path) => {
    const { place, startCommand, status } = fakeControls();
    const notOffered = 'This place breaks nothing.';
    const { app } = fakeConsole({ controls: { place, startCommand, status, notOffered } });
    const response = await app.request(path, { method, headers: own });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(notOffered);
  });
});
