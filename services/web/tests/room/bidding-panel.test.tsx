// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BiddingPanel } from '../../src/room/bidding-panel';
import { BEN, CLEO, Room } from '../fakes/room';

let room: Room;

beforeEach(async () => {
  room = await Room.open(<BiddingPanel />, BEN);
  await room.putUp();
});

afterEach(() => room.leave());

const field = () => screen.getByLabelText<HTMLInputElement>('Your bid');
const button = (name: RegExp | string) => screen.getByRole('button', { name });
const bidButton = () => button(/^Bid \$/);
const maximumButton = () => button(/^Bid for me/);
const quick = () => Array.from(screen.getByRole('group', { name: 'Quick bids' }).children);
const isOff = (element: Element) => element.getAttribute('aria-disabled') === 'true';
const note = () => screen.getByRole('status').textContent;
const maxima = () => room.sent('setMaximum');
const bids = () =>
  room.sent('placeBid').map((it) => ('amount_cents' in it ? it.amount_cents : null));

async function type(text: string): Promise<void> {
  fireEvent.change(field(), { target: { value: text } });
  await room.settle();
}

/** A finger on `element`, and what happens before it goes up. */
async function press(element: Element, meanwhile: () => Promise<void>): Promise<void> {
  fireEvent.pointerDown(element);
  await meanwhile();
  fireEvent.click(element, { detail: 1 });
  await room.settle();
}

/** What Enter in the form's field does in a browser. */
async function enter(): Promise<void> {
  fireEvent.click(bidButton(), { detail: 0 });
  await room.settle();
}

test('my own high bid turns the buttons off', async () => {
  expect(isOff(bidButton())).toBe(false);
  await room.bid(BEN, 300);
  expect(isOff(bidButton())).toBe(true);
  expect(note()).toBe('You hold the high bid.');
});

test('an amount between two steps is bid', async () => {
  await type('2.50');
  await enter();
  expect(bids()).toEqual([250]);
});

describe('what is bid', () => {
  test('is never more than was typed, however far the price goes on', async () => {
    await type('2.50');
    await room.bid(CLEO, 30_000);
    expect(field().value).toBe('2.50');
    expect(bidButton().textContent).toBe('Bid $2.50');
    expect(maximumButton().textContent).toBe('Bid for me up to $2.50');
    expect(isOff(bidButton())).toBe(true);
    expect(isOff(maximumButton())).toBe(true);
    expect(note()).toBe('$2.50 is not enough: at least $301.');
    await enter();
    fireEvent.click(maximumButton());
    await room.settle();
    expect(bids()).toEqual([]);
    expect(maxima()).toEqual([]);
  });

  test.each([
    ['the button', bidButton],
    ['a quick bid', () => quick()[0] as Element],
  ])('is what %s said when the finger came down', async (_, target) => {
    await press(target(), () => room.bid(CLEO, 30_000));
    expect(bids()).toEqual([100]);
  });

  test('for me is limited by what the button said when the finger came down', async () => {
    await press(maximumButton(), () => room.bid(CLEO, 30_000));
    expect(maxima()).toMatchObject([{ maximum_cents: 100 }]);
  });

  test('is nothing if there was nothing to choose when the finger came down', async () => {
    await room.bid(BEN, 300);
    await press(bidButton(), () => room.bid(CLEO, 500));
    expect(isOff(bidButton())).toBe(false);
    expect(bids()).toEqual([]);
  });

  test('with the keyboard is what is shown, also after a finger left a button', async () => {
    fireEvent.pointerDown(bidButton());
    await room.bid(CLEO, 30_000);
    await enter();
    expect(bids()).toEqual([30_100]);
  });

  test('is the lowest bid again once what was typed is bid, and the focus stays', async () => {
    field().focus();
    await type('4');
    await enter();
    await room.bid(CLEO, 500);
    expect(field().value).toBe('$6');
    expect(document.activeElement).toBe(field());
    field().blur();
    await room.settle();
    expect(bidButton().textContent).toBe('Bid $6');
  });

  test('follows the lowest bid until something is typed', async () => {
    await room.bid(CLEO, 30_000);
    expect(bidButton().textContent).toBe('Bid $301');
    expect(isOff(bidButton())).toBe(false);
  });
});

test('who holds the high bid may set a maximum down to it, and not below', async () => {
  await room.bid(BEN, 500);
  await type('5');
  expect(isOff(maximumButton())).toBe(false);
  await type('4.99');
  expect(isOff(maximumButton())).toBe(true);
});

test('a refusal names what would stand by now, if the price went on before it came', async () => {
  await enter();
  await room.bid(CLEO, 400);
  await room.refuse('placeBid', 'bid_too_low', { minimum_cents: 200 });
  expect(note()).toBe('Somebody was faster. $5 would stand now.');
});

describe('a refusal', () => {
  beforeEach(async () => {
    await enter();
    await room.refuse('placeBid', 'bid_too_low', { minimum_cents: 200 });
  });

  test('says why, and what would stand now', () => {
    expect(note()).toBe('Somebody was faster. $2 would stand now.');
  });

  test('is still said when the bid that it lost to is seen', async () => {
    await room.bid(CLEO, 100);
    expect(note()).toBe('Somebody was faster. $2 would stand now.');
  });

  test('is said no more when another amount would stand', async () => {
    await room.bid(CLEO, 100);
    await room.bid(CLEO, 9_000);
    expect(note()).toMatch(/^At least \$91;/);
  });

  test('is said no more when I hold the high bid', async () => {
    await room.bid(BEN, 100);
    expect(note()).toBe('You hold the high bid.');
  });

  test('is said no more when time is up', async () => {
    await room.settle(600_000);
    await room.settle();
    expect(note()).toBe('Time is up: the hammer falls.');
  });
});

const key = (target: Element, { modifierAltGraph = false, ...init }: KeyboardEventInit = {}) => {
  const given = { code: 'Digit2', altKey: true, bubbles: true, ...init };
  const event = new KeyboardEvent('keydown', given);
  // the tests' own DOM has none
  event.getModifierState = (name) => name === 'AltGraph' && modifierAltGraph;
  fireEvent(target, event);
};

describe('the keyboard', () => {
  test('bids by Alt and the place of a quick bid', async () => {
    key(document.body);
    await room.settle();
    expect(bids()).toEqual([200]);
  });

  test.each([
    ['AltGr, which is Ctrl and Alt', { ctrlKey: true }],
    ['AltGr by its own name', { modifierAltGraph: true }],
    ['Cmd', { metaKey: true }],
    ['Shift', { shiftKey: true }],
    ['a key that is held', { repeat: true }],
    ['a place that has no quick bid', { code: 'Digit9' }],
  ])('does not bid by %s', async (_, init) => {
    key(document.body, init);
    await room.settle();
    expect(bids()).toEqual([]);
  });

  test('does not bid where somebody types', async () => {
    key(field());
    await room.settle();
    expect(bids()).toEqual([]);
  });

  test('does not bid while a question is asked', async () => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'alertdialog');
    document.body.append(dialog);
    key(document.body);
    dialog.remove();
    await room.settle();
    expect(bids()).toEqual([]);
  });
});
