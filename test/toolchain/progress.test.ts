import { describe, expect, it } from 'vitest';
import { type Progress, renderProgress } from '../../toolchain/index.ts';

function screen(terminal: { isTTY?: boolean; columns?: number }) {
  let now = 0;
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  const render = renderProgress({ ...terminal, write }, () => now);
  return {
    end: render.end,
    say: render.say,
    show: (at: number, step: Partial<Progress>) => {
      now = at;
      render({ program: 'prometheus', index: 1, count: 7, step: 'building', ...step });
    },
    text: () => text,
  };
}

const compiled = (done: number) => ({ done, total: 900, unit: 'packages' }) as const;

describe('progress in a log', () => {
  it('has a line for each step, and every ten seconds in a long step', () => {
    const log = screen({});
    log.show(0, { step: 'modules', done: 0, unit: 'modules' });
    log.show(1_000, { step: 'modules', done: 168, unit: 'modules' });
    log.show(2_000, compiled(0));
    log.show(5_000, compiled(300));
    log.show(12_000, compiled(600));
    log.show(13_000, compiled(900));
    log.show(30_000, { step: 'ready' });
    expect(log.text().split('\n')).toEqual([
      '[1/7] prometheus: fetching Go modules',
      '[1/7] prometheus: compiling (0 of 900 packages)',
      '[1/7] prometheus: compiling (600 of 900 packages)',
      '[1/7] prometheus: linking (900 of 900 packages)',
      '[1/7] prometheus: ready',
      '',
    ]);
  });

  it('omits programs that are already present', () => {
    const log = screen({});
    log.show(0, { step: 'ready' });
    expect(log.text()).toBe('');
  });

  it('shows downloads in megabytes', () => {
    const log = screen({});
    log.show(0, { step: 'downloading', done: 1_500_000, unit: 'bytes' });
    log.show(10_000, { step: 'downloading', done: 3_000_000, total: 20_000_000, unit: 'bytes' });
    expect(log.text()).toContain('downloading the release (1.5 MB)');
    expect(log.text()).toContain('downloading the release (3.0 of 20.0 MB)');
  });
});

describe('progress on a terminal', () => {
  it('is one line that is overwritten at most ten times a second', () => {
    const terminal = screen({ isTTY: true, columns: 80 });
    for (let done = 0; done < 900; done += 1) terminal.show(done, compiled(done));
    const drawn = terminal.text().split('\r\u001b[2K').slice(1);
    expect(drawn).toHaveLength(9);
    expect(drawn.at(-1)).toBe('[1/7] prometheus: compiling (800 of 900 packages)');
    expect(terminal.text()).not.toContain('\n');
  });

  it('shows two programs in progress on the same line', () => {
    const terminal = screen({ isTTY: true, columns: 120 });
    terminal.show(0, compiled(900));
    terminal.show(200, { program: 'pushgateway', index: 2, ...compiled(3) });
    terminal.show(400, { step: 'ready' });
    terminal.show(600, { program: 'pushgateway', index: 2, step: 'ready' });
    const [first, second, drawn, left, last] = terminal.text().split('\r\u001b[2K').slice(1);
    expect(first).toBe('[1/7] prometheus: linking (900 of 900 packages)');
    expect(second).toBe(`${first} · [2/7] pushgateway: compiling (3 of 900 packages)`);
    expect(drawn).toBe('[1/7] prometheus: ready\n');
    expect(left).toBe('[2/7] pushgateway: compiling (3 of 900 packages)');
    expect(last).toBe('[2/7] pushgateway: ready\n');
  });

  it('prints a sentence below the progress line', () => {
    const terminal = screen({ isTTY: true, columns: 80 });
    terminal.show(0, compiled(300));
    terminal.say('Building from source.');
    expect(terminal.text()).toMatch(/\(300 of 900 packages\)\nBuilding from source\.\n$/);
  });

  it('is cut to the width of the terminal', () => {
    const terminal = screen({ isTTY: true, columns: 30 });
    terminal.show(0, compiled(1));
    expect(terminal.text()).toBe('\r\u001b[2K[1/7] prometheus: compiling (');
  });

  it('prints only one line break if end() is called twice', () => {
    const terminal = screen({ isTTY: true });
    terminal.show(0, compiled(1));
    terminal.end();
    terminal.end();
    expect(terminal.text().match(/\n/g)).toHaveLength(1);
  });
});
