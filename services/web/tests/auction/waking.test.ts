// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onWaking } from '../../src/auction/waking';

const act = vi.fn<() => void>();
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  act.mockClear();
  end = onWaking(act);
});

afterEach(() => {
  end();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const see = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

test('a page wakes when the network is back', () => {
  window.dispatchEvent(new Event('online'));
  expect(act).toHaveBeenCalledTimes(1);
});

test('a page wakes when somebody looks at it, and not when they look away', () => {
  see('hidden');
  expect(act).not.toHaveBeenCalled();
  see('visible');
  expect(act).toHaveBeenCalledTimes(1);
});

test('a page wakes once after a sleep in which its clock stood still', () => {
  vi.advanceTimersByTime(60_000);
  expect(act).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 600_000);
  vi.advanceTimersByTime(60_000);
  expect(act).toHaveBeenCalledTimes(1);
});

test('a page that was left wakes no more', () => {
  end();
  window.dispatchEvent(new Event('online'));
  see('visible');
  expect(act).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
