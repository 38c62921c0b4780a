import { answer, pageFile, serve } from './serve.ts';

/** How Facebook's SDK comes today. `refused` is what a content blocker does to it. */
export type SdkWay = 'comes' | 'refused' | 'waits';

/** A Meta that says what a test tells it to say: the SDK, and the window that it opens. */
export interface Meta {
  /** The origin of both: another one than the page's. */
  origin: string;
  sdkUrl: string;
  /** How many times the SDK was asked for. */
  sdkLoads(): number;
  /** Changes how it comes; with `comes`, whoever waits for it gets it now. */
  sdk(way: SdkWay): void;
  close(): Promise<void>;
}

/** Starts one, at a port of its own. */
export async function startMeta(): Promise<Meta> {
  const [sdk, dialog] = await Promise.all([pageFile('sdk.js'), pageFile('dialog.html')]);
  let way: SdkWay = 'comes';
  let loads = 0;
  let waiting: (() => void)[] = [];
  const server = await serve((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://meta');
    // Meta's script may be read from everywhere: the tag says `crossorigin`.
    res.setHeader('access-control-allow-origin', '*');
    if (pathname === '/favicon.ico') return answer(res, 204, 'text/plain', '');
    if (pathname === '/cuts-itself-off') res.setHeader('cross-origin-opener-policy', 'same-origin');
    if (pathname !== '/sdk.js') return answer(res, 200, 'text/html', dialog);
    loads += 1;
    const send = () => answer(res, 200, 'text/javascript', sdk);
    if (way === 'comes') send();
    else if (way === 'refused') res.destroy();
    else waiting.push(send);
  });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    origin,
    sdkUrl: `${origin}/sdk.js`,
    sdkLoads: () => loads,
    sdk(next) {
      way = next;
      const late = way === 'comes' ? waiting.splice(0) : [];
      for (const send of late) send();
    },
    async close() {
      waiting = [];
      await server.close();
    },
  };
}
