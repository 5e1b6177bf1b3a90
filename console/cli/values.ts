import { InvalidArgumentError } from 'commander';

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** Seconds of `90`, `90s`, `3m` or `1h`. @throws InvalidArgumentError */
export function durationSeconds(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Expected a duration such as 90s, 3m or 1h.');
  return Number(number) * (secondsOf[unit] as number);
}

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/** @throws InvalidArgumentError */
export function decimal(text: string): number {
  if (!/^\d{1,10}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Expected a number.');
  return Number(text);
}

/** `1 min 30 s`, for people. */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.join(' ') || '0 s';
}
