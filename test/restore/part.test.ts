import { describe, expect, it } from 'vitest';
import { missingIn, type Part } from '../../restore/part.ts';

const samples: Part = { name: 'job nats', count: 20, unit: 'samples', digest: 'a', newest: 5 };

describe('the check of a restored store', () => {
  it('finds nothing if every part exists with the same content', () => {
    expect(missingIn([samples], [samples])).toEqual([]);
  });

  it('names a missing part', () => {
    expect(missingIn([], [samples])).toEqual(['job nats is missing: expected 20 samples.']);
  });

  it('names a part with fewer entries', () => {
    expect(missingIn([{ ...samples, count: 19, digest: 'b' }], [samples])).toEqual([
      'job nats has 19 of 20 samples.',
    ]);
  });

  it('reports a part with the same count but different content', () => {
    expect(missingIn([{ ...samples, digest: 'b' }], [samples])).toEqual([
      'job nats has 20 samples, but their content is not the content of the backup.',
    ]);
  });

  it('accepts different content if the part has a newer entry', () => {
    expect(missingIn([{ ...samples, digest: 'b', newest: 6 }], [samples])).toEqual([]);
  });

  it('reports a part whose newest entry is older than in the backup', () => {
    expect(missingIn([{ ...samples, digest: 'b', newest: 4 }], [samples])).toHaveLength(1);
  });

  it('accepts a part that is not in the backup', () => {
    expect(missingIn([samples, { ...samples, name: 'job new' }], [samples])).toEqual([]);
  });
});
