import { markdownReport } from '../../review/report/markdown.ts';
import { reviewPlans } from '../../review/review.ts';
import { recorded } from '../../test/review/recorded.ts';
import { type Generated, withRegion } from './region.ts';

/** The block has four backticks, because the review contains blocks with three backticks. */
export const planReviewPage: Generated = {
  file: 'docs/review-a-plan.md',
  text: (current) => {
    const review = reviewPlans([recorded('nats-replicas-1-to-3')]);
    const report = markdownReport(review, { failOn: 'dangerous', accept: [] });
    return withRegion(current, 'review', `\`\`\`\`md\n${report.trimEnd()}\n\`\`\`\``);
  },
};
