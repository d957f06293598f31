import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignedOut, type Session } from '../../src/account/session';
import { auctionClient } from '../../src/auction/browser';
import type { AuctionClient } from '../../src/auction/client';

const CONFIG = { websocketUrl: 'wss://sockets', cognitoUrl: '', userPoolClientId: '' };

let authorized: ReturnType<typeof vi.fn<Session['authorized']>>;
let client: AuctionClient;

beforeEach(() => {
  vi.useFakeTimers();
  authorized = vi.fn<Session['authorized']>();
  client = auctionClient(CONFIG, { authorized } as unknown as Session, 'a', () => null);
});

afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

const link = () => client.getSnapshot().link;

test('who is signed out is not connected again', async () => {
  authorized.mockRejectedValue(new SignedOut());
  client.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(link()).toEqual({ state: 'refused', trouble: 'Sign in again.' });
  expect(authorized).toHaveBeenCalledOnce();
});

test('a token that cannot be had at the moment is asked for again', async () => {
  authorized.mockRejectedValue(new Error('Cognito is busy'));
  client.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(link().state).toBe('waiting');
  expect(authorized.mock.calls.length).toBeGreaterThan(1);
});
