import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium; `CHROMIUM` names another one. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Size of a projector in CSS pixels. */
export const projector = { width: 1280, height: 720 } as const;
/** Size of a phone in CSS pixels. */
export const phone = { width: 390, height: 844 } as const;

/** Starts Chromium. The tests, the screenshots and the benches share its flags. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}
