import { type Browser, chromium } from 'playwright-core';

/** Path of Chromium. The default is the path of the Chromium package of Debian. */
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

export const projector = { width: 1280, height: 720 } as const;
export const phone = { width: 390, height: 844 } as const;

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}
