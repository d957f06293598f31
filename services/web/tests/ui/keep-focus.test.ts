// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepFocus } from '../../src/ui/keep-focus';

let end: () => void;

const find = (selector: string) => document.querySelector(selector) as HTMLElement;
const focused = () => document.activeElement?.id;

beforeEach(() => {
  document.body.innerHTML = `<main id="main"><section id="acts"><p id="row">
    <button id="one"></button></p><button id="other"></button></section></main>`;
  end = keepFocus(document);
  find('#one').focus();
});

afterEach(() => end());

test('what is around a button that goes away gets the focus', async () => {
  find('#row').remove();
  await vi.waitFor(() => expect(focused()).toBe('acts'));
});

test('the next page gets the focus as soon as it is there', async () => {
  find('#main').remove();
  document.body.append(document.createElement('p'));
  const next = Object.assign(document.createElement('main'), { id: 'next' });
  document.body.append(next);
  await vi.waitFor(() => expect(focused()).toBe('next'));
});

test('focus that is somewhere else stays there', async () => {
  find('#other').focus();
  find('#row').remove();
  await new Promise((resolve) => setTimeout(resolve));
  expect(focused()).toBe('other');
});
