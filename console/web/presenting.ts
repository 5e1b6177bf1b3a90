import { computed, effect, signal } from '@preact/signals';
import { onKeys } from './keys.ts';
import { address, navigate } from './router.ts';

const parameter = 'present';
const stepKey = 'tour-step';

export function isPresenting(): boolean {
  return address.value.pathname === '/tour' && address.value.searchParams.has(parameter);
}

const hasStarted = signal(false);
effect(() => {
  if (isPresenting()) hasStarted.value = true;
  else if (address.value.pathname === '/tour') hasStarted.value = false;
});

/** True while the presenter is away from the slides, for example after a click on a link of a slide. */
export const isAwayFromSlide = computed(() => hasStarted.value && !isPresenting());

/** `startPresenting` opens the stored step if the address of the page contains no step. */
export function rememberStep(id: string): void {
  sessionStorage.setItem(stepKey, id);
}

export function stepPath(id: string, presenting: boolean): string {
  return `/tour?step=${encodeURIComponent(id)}${presenting ? `&${parameter}=1` : ''}`;
}

/** Opens presenter mode in full screen, if the browser allows full screen. */
export function startPresenting(): void {
  const onTour = address.value.pathname === '/tour' ? address.value.searchParams.get('step') : null;
  if (!isPresenting()) navigate(stepPath(onTour ?? sessionStorage.getItem(stepKey) ?? '', true));
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}

/** Ends presenter mode, and opens the current step in the guide. */
export function stopPresenting(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  if (isPresenting()) navigate(stepPath(address.value.searchParams.get('step') ?? '', false));
}

/** `P` starts presenter mode. `P` must not end the mode, because a presenter can press `P` by mistake. */
export function followPresenterKey(): void {
  onKeys(() =>
    address.value.pathname === '/notes'
      ? {}
      : {
          p: startPresenting,
        },
  );
}
