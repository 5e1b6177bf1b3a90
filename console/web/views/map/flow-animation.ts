import { useEffect } from 'preact/hooks';

/**
 * Steps of the animation per second. More steps need more processor time. With three steps, the animation already causes
 * a third of the processor time that a page with the map needs.
 */
const stepsPerSecond = 3;
/** In units of the picture. */
export const dash = { length: 6, gap: 12 } as const;
const period = dash.length + dash.gap;

/**
 * Distance that the dashes of a line move in one step of the animation, in units of the picture. The pattern of the
 * dashes repeats after `period`. With a distance of more than half of `period`, the dashes would seem to move
 * backwards.
 */
export const speeds = { slow: 2.5, medium: 5, fast: 8 } as const;
export type Speed = keyof typeof speeds;

/**
 * Returns how fast the dashes move along a connection.
 * @param rate the number that the map shows, without its unit. Example: the dashes for `10 samples/s` and for `10
 *   pushes/min` have the same speed.
 */
export function speedOf(rate: number): Speed {
  if (rate <= 1) return 'slow';
  return rate > 30 ? 'fast' : 'medium';
}

/**
 * Moves the dashes of each group that has the attribute `data-speed`, three times a second. A CSS animation would paint
 * sixty times a second, and would need more processor time.
 */
export function useFlowAnimation(element: { readonly current: SVGSVGElement | null }): void {
  useEffect(() => {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    let steps = 0;
    const timer = setInterval(() => {
      if (document.hidden || reduced.matches) return;
      steps += 1;
      for (const group of element.current?.querySelectorAll<SVGGElement>('[data-speed]') ?? []) {
        const moved = steps * speeds[group.dataset.speed as Speed];
        group.setAttribute('stroke-dashoffset', String(-(moved % period)));
      }
    }, 1000 / stepsPerSecond);
    return () => clearInterval(timer);
  }, []);
}
