import { cssColor } from '../../../chart/colors.ts';

/** CSS variables of the theme. The keys are colour names in dashboards. */
const variables: Readonly<Record<string, string>> = {
  green: '--good',
  yellow: '--boards-yellow',
  orange: '--boards-orange',
  red: '--bad',
  blue: '--info',
};
const fallback = '--quiet';

/** For the style of an element. */
export const styleColor = (name: string) => `var(${variables[name] ?? fallback})`;

/** For a canvas. */
export const canvasColor = (name: string) => cssColor(variables[name] ?? fallback);
