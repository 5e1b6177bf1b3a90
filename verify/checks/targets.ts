import { type Check, fail, pass } from '../check.ts';

/** Checks that every central job is up, and that the central Prometheus scrapes no edge target. */
export const targets: Check = async ({ prometheus, centralJobs, federatedJobs }) => {
  const active = await prometheus.targets();
  const findings = centralJobs.map((job) => {
    const members = active.filter((t) => t.labels.job === job);
    const down = members.filter((t) => t.health !== 'up');
    if (members.length === 0)
      return fail(`target ${job}`, 'Prometheus has no target of this job, expected at least one');
    const [first] = down;
    if (first)
      return fail(
        `target ${job}`,
        `${first.scrapeUrl} is ${first.health}: ${first.lastError || 'not yet scraped'}`,
      );
    return pass(`target ${job}`, `${members.length} up`);
  });
  const twice = active.filter((t) => federatedJobs.includes(t.labels.job ?? ''));
  const name = 'federated clusters are scraped once';
  const seen = twice.map((t) => t.scrapeUrl).join(', ');
  return [
    ...findings,
    twice.length === 0
      ? pass(name, `none of ${federatedJobs.join(', ')} among the central targets`)
      : fail(
          name,
          `the central Prometheus scrapes targets that only an edge may scrape: ${seen}; remove these targets from the configuration of the central Prometheus`,
        ),
  ];
};
