import { describe, expect, it, vi } from 'vitest';
import { LiveHub } from '../../../console/server/live/hub.ts';

describe('the hub of the live state', () => {
  it('sends every known section to a new page, and then each change', () => {
    const hub = new LiveHub();
    hub.publish('faults', []);
    const page = vi.fn();
    hub.subscribe(page);
    hub.publish('notifications', []);
    expect(page.mock.calls).toEqual([
      ['faults', '[]'],
      ['notifications', '[]'],
    ]);
  });

  it('sends nothing while the value of a section stays the same', () => {
    const hub = new LiveHub();
    const page = vi.fn();
    hub.subscribe(page);
    hub.publish('flows', { at: 1, rates: {}, failing: [] });
    hub.publish('flows', { at: 1, rates: {}, failing: [] });
    hub.publish('flows', { at: 2, rates: {}, failing: [] });
    expect(page).toHaveBeenCalledTimes(2);
  });

  it('sends nothing to a page that has closed', () => {
    const hub = new LiveHub();
    const page = vi.fn();
    const close = hub.subscribe(page);
    expect(hub.watched).toBe(true);
    close();
    hub.publish('faults', []);
    expect(page).not.toHaveBeenCalled();
    expect(hub.watched).toBe(false);
  });

  it('starts reading when the number of open pages changes from 0 to 1', () => {
    const hub = new LiveHub();
    const read = vi.fn();
    hub.onFirstPage(read);
    const close = hub.subscribe(() => {});
    const closeSecond = hub.subscribe(() => {});
    expect(read).toHaveBeenCalledTimes(1);
    close();
    closeSecond();
    hub.subscribe(() => {});
    expect(read).toHaveBeenCalledTimes(2);
  });
});
