import { describe, expect, it } from 'vitest';
import { isLoopback, isPrivateHost } from '../../src/doctor/private-host.ts';

describe('a host', () => {
  it.each([
    'localhost',
    'a.localhost',
    'printer.local',
    'db.internal',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:a01:203]',
    '[::ffff:7f00:1]',
  ])('%s is out of Meta’s reach', (host) => {
    expect(new URL(`https://${host}/`).hostname).toBe(host);
    expect(isPrivateHost(host)).toBe(true);
  });

  it.each([
    'bsp.example',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '11.0.0.1',
    '10.example',
    'local.example',
    '[2606:4700::1111]',
    '127.evil.example',
  ])('%s is within it', (host) => expect(isPrivateHost(host)).toBe(false));

  it('is this machine only by its own names', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['127.evil.example', '10.0.0.1', 'localhost.evil.example'].map(isLoopback)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
