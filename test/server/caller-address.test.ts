import { describe, expect, it } from 'vitest';
import { callerAddress, isFromThisMachine } from '../../src/server/caller-address.ts';

describe('the address of a caller', () => {
  it.each([
    ['who comes by no other server', '198.51.100.7', undefined, ['loopback'], '198.51.100.7'],
    ['who claims another one', '198.51.100.7', '10.0.0.1', ['loopback'], '198.51.100.7'],
    ['who claims another one where nobody is trusted', '127.0.0.1', '10.0.0.1', [], '127.0.0.1'],
    ['behind a trusted server', '127.0.0.1', '203.0.113.7', ['loopback'], '203.0.113.7'],
    ['behind a trusted server, seen through IPv6', '::ffff:127.0.0.1', '203.0.113.7', ['loopback'], '203.0.113.7'],
    ['behind a trusted server of that name', '10.1.2.3', '203.0.113.7', ['10.9.9.9', '10.1.2.3'], '203.0.113.7'],
    ['who wrote hops before the trusted one', '::1', '10.0.0.1, 203.0.113.7', ['loopback'], '203.0.113.7'],
    ['whose port came with it', '::1', '203.0.113.7:4711', ['loopback'], '203.0.113.7'],
    ['whose IPv6 address came with a port', '::1', '[2001:db8::7]:4711', ['loopback'], '2001:db8::7'],
    ['handed on with words that are no address', '127.0.0.1', 'unknown', ['loopback'], '127.0.0.1'],
  ])('is the true one of somebody %s', (_, peer, forwardedFor, trusted, address) => {
    expect(callerAddress({ peer, forwardedFor }, trusted)).toBe(address);
  });
});

describe('a call from this machine', () => {
  it.each([
    ['comes straight from it', '127.0.0.1', undefined, [], true],
    ['comes straight from it over IPv6', '::1', undefined, [], true],
    ['is none from outside', '198.51.100.7', undefined, [], false],
    ['is none through a server that nobody trusts', '127.0.0.1', '203.0.113.7', [], false],
    ['is none that only claims so', '127.0.0.1', '127.0.0.1', [], false],
    ['is none from outside through a trusted server', '127.0.0.1', '203.0.113.7', ['loopback'], false],
    ['may come through a trusted server', '127.0.0.1', '127.0.0.1', ['loopback'], true],
  ])('%s', (_, peer, forwardedFor, trusted, isHere) => {
    expect(isFromThisMachine({ peer, forwardedFor }, trusted)).toBe(isHere);
  });
});
