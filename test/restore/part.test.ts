import { describe, expect, it } from 'vitest';
import { missingIn, type Part } from '../../restore/part.ts';

const samples: Part = { name: 'job nats', count: 20, unit: 'samples', digest: 'a', newest: 5 };

describe('the check of a restored store', () => {
  it('returns no problem if the store has every part of the backup', () => {
    expect(missingIn([samples], [samples])).toEqual([]);
  });

  it('names a part of the backup that is missing in the store', () => {
    expect(missingIn([], [samples])).toEqual(['job nats is missing: expected 20 samples.']);
  });

  it('reports a part of the backup that has fewer entries in the store', () => {
    expect(missingIn([{ ...samples, count: 19, digest: 'b' }], [samples])).toEqual([
      'job nats has 19 of 20 samples.',
    ]);
  });

  it('reports a part that has the correct number of entries in the store, but wrong content', () => {
    expect(missingIn([{ ...samples, digest: 'b' }], [samples])).toEqual([
      'The restored content of job nats (20 samples) differs from the content in the backup.',
    ]);
  });

  it('accepts changed content if the store has newer entries', () => {
    expect(missingIn([{ ...samples, digest: 'b', newest: 6 }], [samples])).toEqual([]);
  });

  it('reports wrong content if the newest entry of a part is missing', () => {
    expect(missingIn([{ ...samples, digest: 'b', newest: 4 }], [samples])).toHaveLength(1);
  });

  it('accepts samples of a job that the backup does not contain', () => {
    expect(missingIn([samples, { ...samples, name: 'job new' }], [samples])).toEqual([]);
  });
});
