import { describe, expect, test } from 'vitest';
import { ASSUMED } from '../../src/settings/assumptions.ts';
import { launchFeatures } from '../../src/signup/launch-features.ts';

const auto = { sessionLog: 'auto', assumptions: ASSUMED } as const;
const served = { sessionLog: 'auto', assumptions: { ...ASSUMED, removedFeatureTypes: 'served' } } as const;

describe('the version of a launch', () => {
  test.each([
    [{}, 'v4', false],
    [{ setup: {} }, 'v4', false],
    [{ version: 'v4' }, 'v4', false],
    [{ version: 'v4-public-preview' }, 'v4', false],
    [{ version: 'v3', setup: {} }, 'v3', false],
    [{ version: 'v3-public-preview' }, 'v3', false],
    [{ version: 'v2-public-preview' }, 'v2', false],
    [{ version: 'v2', sessionInfoVersion: '3' }, 'v2', false],
    [{ version: 2, feature: 'whatsapp_embedded_signup' }, 'v2', true],
    [undefined, 'v4', false],
    ['no object', 'v4', false],
  ])('%o is %s, silent: %s', (extras, form, silent) => {
    expect(launchFeatures(extras, auto)).toMatchObject({ form, silent });
  });

  test('is that of the configuration when the launch names none', () => {
    expect(launchFeatures({ sessionInfoVersion: '3' }, { ...auto, sessionLog: 'v2' })).toMatchObject({
      form: 'v2',
      silent: false,
      mayFinishUnverified: false,
      mayFinishWithoutNumber: false,
    });
    expect(launchFeatures({}, auto)).toMatchObject({
      mayFinishUnverified: true,
      mayFinishWithoutNumber: true,
    });
  });
});

describe('feature types', () => {
  test.each(['featureType', 'feature_type'])('coexistence is asked for by %s', (name) => {
    expect(launchFeatures({ [name]: 'whatsapp_business_app_onboarding' }, auto).coexistence).toBe(true);
    expect(launchFeatures({ [name]: '' }, auto).coexistence).toBe(false);
  });

  test('app-only install is a feature of v3 and v4, not of v2', () => {
    const features = [{ name: 'app_only_install' }];
    expect(launchFeatures({ version: 'v3', features }, auto).appOnly).toBe(true);
    expect(launchFeatures({ features }, auto).appOnly).toBe(true);
    expect(launchFeatures({ version: 'v2', features }, auto).appOnly).toBe(false);
  });

  test('those that ended fall back to the standard flow without a word, unless they are to be served', () => {
    const onlyWaba = { version: 'v2', featureType: 'only_waba_sharing', sessionInfoVersion: '3' };
    expect(launchFeatures(onlyWaba, auto).onlyWaba).toBe(false);
    expect(launchFeatures(onlyWaba, served).onlyWaba).toBe(true);
    expect(launchFeatures({ featureType: 'coexistence' }, auto).coexistence).toBe(false);
    expect(launchFeatures({ featureType: 'coexistence' }, served).coexistence).toBe(true);
  });
});
