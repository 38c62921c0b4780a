import { describe } from 'vitest';
import { it } from './support/it.ts';
import { code, finish } from './support/words.ts';

const strict = [
  "default-src 'none'",
  "script-src 'self' META",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html embedded-signup',
].join('; ');

describe('a page with a strict Content-Security-Policy, no nonce, and Trusted Types', () => {
  it('signs up from the first paint to the number, and reports no violation', async ({ open, expect }) => {
    const { visitor, server } = await open({ headers: { 'content-security-policy': strict } });
    const popup = await visitor.opensPopup();
    await popup.says(finish(), code());
    await visitor.sees('registered');
    await visitor.reads('+1 555-010-0001');
    await server.hears('POST /claims', 2);
    expect(server.halves()).toHaveLength(2);
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.errors()).toEqual([]);
  });

  it('is drawn with its styles, and in another language', async ({ open, expect }) => {
    const { visitor } = await open({
      headers: { 'content-security-policy': strict },
      body: '<embedded-signup server="SERVER" locale="es"></embedded-signup>',
    });
    const card = visitor.element().locator('[part=card]');
    expect(await card.evaluate((element) => getComputedStyle(element).borderRadius)).not.toBe('0px');
    await visitor
      .element()
      .locator('[part=card][aria-label]:not([aria-label="Connect your WhatsApp number"])')
      .waitFor();
    expect(await visitor.violations()).toEqual([]);
  });

  it('tells that the SDK is blocked when the policy does not let it in', async ({ build, expect }) => {
    const { visitor, url, meta } = await build({
      headers: { 'content-security-policy': strict.replace(' META', '') },
    });
    await visitor.page.goto(url);
    await visitor.sees('unavailable');
    expect(await visitor.problems()).toEqual(['sdk_blocked']);
    expect(meta.sdkLoads()).toBe(0);
    expect(await visitor.violations()).toEqual([`script-src-elem ${meta.sdkUrl}`]);
  });

  it('tells it, too, when the page forbids the element’s own policy', async ({ build, expect }) => {
    const { visitor, url } = await build({
      headers: { 'content-security-policy': strict.replace(' embedded-signup', '') },
    });
    await visitor.page.goto(url);
    await visitor.sees('unavailable');
    expect(await visitor.problems()).toEqual(['sdk_blocked']);
  });
});
