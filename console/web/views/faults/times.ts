/** Formats seconds of a countdown, such as `1:05`. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, '0')}`;
}

/** Formats seconds as `30 s`, `3 min` or `1 h`. */
export function duration(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return `${seconds} s`;
  if (seconds < 3600 || seconds % 3600 !== 0) return `${seconds / 60} min`;
  return `${seconds / 3600} h`;
}

/** Round values from `min` to `max`: 1, 2, 5, 10, 20, 50, … including `min` and `max`. */
export function roundStops(min: number, max: number): readonly number[] {
  const stops = [min];
  for (let power = 1; power <= max; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const value = factor * power;
      if (value > min && value < max) stops.push(value);
    }
  }
  return [...stops, max];
}

/** Powers of two from `min` to `max`, including `min` and `max`. */
export function binaryStops(min: number, max: number): readonly number[] {
  const stops = [min];
  for (let value = 1; value < max; value *= 2) if (value > min) stops.push(value);
  return [...stops, max];
}
