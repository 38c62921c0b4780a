import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Launch } from '@embedded-signup-kit/protocol';
import { startMeta } from './meta.ts';
import type { Meta } from './meta.ts';
import { answer, pageFile, serve } from './serve.ts';
import { SignupServer } from './signup-server.ts';
import { Visitor } from './visitor.ts';

const widgetFolder = new URL('../../../dist/cdn/', import.meta.url);
const watchScript = await pageFile('watch.js');

/** What a test wants of its page. */
export interface StageOptions {
  /** The body of the page; `SERVER` in it is where the signup server is. */
  body?: string;
  /** A script of the page's own, which runs before the widget's. */
  script?: string;
  /** Response headers of the page; `META` in them is Meta's origin, `SERVER` the signup server's. */
  headers?: Record<string, string>;
  /** The signup server has an origin of its own, so that browsers ask before they send. */
  serverElsewhere?: boolean;
  userAgent?: string;
  /** The page's time goes on by itself, and `clock.fastForward` and `clock.runFor` move it on. */
  clock?: boolean;
}

/** A page with the widget, in a browser context of its own, between a Meta and a signup server that do as they are told. */
export interface Stage {
  meta: Meta;
  server: SignupServer;
  context: BrowserContext;
  /** Where the page is. */
  url: string;
  /** What the page is asked for, in the order in which it comes: paths. */
  asked: string[];
  /** The page, when it has been opened. */
  visitor: Visitor;
  /** Another tab of the same person. */
  another(): Promise<Visitor>;
  /** The same browser and tab between another Meta and another signup server; the page is at another origin, too. */
  again(): Promise<Stage>;
  close(): Promise<void>;
}

/** `<embedded-signup>` alone. */
const alone = '<embedded-signup server="SERVER"></embedded-signup>';

async function file(res: ServerResponse, name: string): Promise<void> {
  const text = /^[\w-]+\.js$/.test(name)
    ? await readFile(new URL(name, widgetFolder), 'utf8').catch(() => undefined)
    : undefined;
  if (text === undefined) return answer(res, 404, 'text/plain', `There is no ${name} in dist/cdn.`);
  return answer(res, 200, 'text/javascript', text);
}

/** Builds it, without going to the page yet. */
export async function buildStage(browser: Browser, options: StageOptions = {}): Promise<Stage> {
  const { userAgent, clock } = options;
  // Without motion: a spinner that nobody looks at would be painted all the same.
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  context.setDefaultTimeout(10_000);
  if (clock) await context.clock.install();
  await context.addInitScript(watchScript);
  return stageFor(context, await context.newPage(), options);
}

async function stageFor(context: BrowserContext, page: Page, options: StageOptions): Promise<Stage> {
  const { body = alone, script, headers = {}, serverElsewhere } = options;
  const meta = await startMeta();
  const launch: Pick<Launch, 'sdkUrl' | 'dialogOrigins'> = {
    sdkUrl: meta.sdkUrl,
    dialogOrigins: [meta.origin, 'https://www.facebook.com'],
  };
  const server = new SignupServer(launch);
  const elsewhere = serverElsewhere
    ? await serve((req, res) => void server.handle(req, res, req.url ?? ''))
    : undefined;
  const asked: string[] = [];
  const places = {
    SERVER: elsewhere ? `http://localhost:${elsewhere.port}` : '/signup',
    META: meta.origin,
  };
  const fill = (text: string) => text.replace(/SERVER|META/g, (name) => places[name as keyof typeof places]);
  const html = fill(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${
      script === undefined ? '' : '<script src="/page.js"></script>'
    }<script type="module" src="/widget/embedded-signup.js"></script>${body}`,
  );

  const site = await serve((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://page');
    asked.push(pathname);
    if (pathname.startsWith('/signup/'))
      return void server.handle(req, res, pathname.slice('/signup'.length));
    if (pathname.startsWith('/widget/')) return void file(res, pathname.slice('/widget/'.length));
    if (pathname === '/page.js') return answer(res, 200, 'text/javascript', script ?? '');
    if (pathname === '/elsewhere')
      return answer(res, 200, 'text/html', '<!doctype html><title>Elsewhere</title>');
    if (pathname !== '/') return answer(res, 204, 'text/plain', '');
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, fill(value));
    return answer(res, 200, 'text/html', html);
  });

  const url = `http://localhost:${site.port}/`;
  const stopServing = () => Promise.all([meta.close(), site.close(), elsewhere?.close()]);
  const further: Stage[] = [];

  return {
    meta,
    server,
    context,
    url,
    asked,
    visitor: new Visitor(page, url),
    another: async () => new Visitor(await context.newPage(), url),
    async again() {
      const others = context.pages().filter((one) => one !== page);
      await Promise.all(others.map((one) => one.close()));
      const next = await stageFor(context, page, options);
      further.push(next);
      return next;
    },
    async close() {
      await context.close();
      await Promise.all([stopServing(), ...further.map((stage) => stage.close())]);
    },
  };
}
