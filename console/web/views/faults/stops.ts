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

/** Returns `min`, each power of two between `min` and `max`, and `max`. */
export function binaryStops(min: number, max: number): readonly number[] {
  const stops = [min];
  for (let value = 1; value < max; value *= 2) if (value > min) stops.push(value);
  return [...stops, max];
}
