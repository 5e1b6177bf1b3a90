import { markdownReport } from '../../review/drift/markdown.ts';
import { recordedDrift } from '../../test/review/drift/recorded.ts';
import { type Generated, withRegion } from './region.ts';

/** The block has four backticks, because the report contains blocks with three backticks. */
export const driftPage: Generated = {
  file: 'docs/find-drift.md',
  text: async (current) => {
    const report = markdownReport(await recordedDrift());
    return withRegion(current, 'drift', `\`\`\`\`md\n${report.trimEnd()}\n\`\`\`\``);
  },
};
