// Vitest global setup: tests start the browser with `chromium.launch(inject('chromium'))`.
// @ts-check
import { findChromium } from './find-chromium.mjs';

/** @param {import('vitest/node').TestProject} project */
export async function setup(project) {
  const browser = await findChromium();
  // Found once per run: the next project only tries it again.
  process.env.CHROMIUM_PATH = browser.executablePath;
  project.provide('chromium', browser);
}
