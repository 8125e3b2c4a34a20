import { expect, it } from 'vitest';
import { isLoopbackUrl } from '../../src/lib/loopback.ts';

it('knows the addresses that only this computer opens', () => {
  const here = ['http://127.0.0.1:8787', 'http://localhost:80/c/1', 'http://[::1]:8787', 'http://127.9.9.9'];
  expect(here.map(isLoopbackUrl)).toEqual([true, true, true, true]);
  const elsewhere = ['http://192.168.1.9:8787', 'https://lvlin.example.org', 'nonsense'];
  expect(elsewhere.map(isLoopbackUrl)).toEqual([false, false, false]);
});
