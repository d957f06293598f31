// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App } from '../../src/app-context';
import { AccountProblem, type Cognito } from '../../src/account/cognito';
import SignIn from '../../src/account/sign-in';
import { FakeLeagues, renderWithin } from '../fakes/around';

const sendCodeAgain = vi.fn<Cognito['sendCodeAgain']>();
const signUp = vi.fn<Cognito['signUp']>(() => Promise.resolve());
const confirm = vi.fn<Cognito['confirm']>(() => Promise.resolve());

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(async () => {
  const cognito = { signUp, confirm, sendCodeAgain } as Partial<Cognito> as Cognito;
  renderWithin(new FakeLeagues(), <SignIn />, { cognito } as Partial<App>);
  press('Make an account');
  type('E-mail address', 'ann@example.com');
  type('New password', 'Calcutta-2023');
  press('Make it');
  await screen.findByRole('heading', { name: 'Confirm your e-mail address' });
});

afterEach(cleanup);

test('who makes an account confirms their address and signs in', async () => {
  expect(signUp.mock.calls).toContainEqual(['ann@example.com', 'Calcutta-2023']);
  expect(document.title).toBe('Confirm your e-mail address · Calcutta');
  type('Code', '123456');
  press('Confirm');
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(confirm.mock.calls).toEqual([['ann@example.com', '123456']]);
  expect(document.title).toBe('Sign in · Calcutta');
});

test('another code is said to be sent', async () => {
  sendCodeAgain.mockResolvedValueOnce(undefined);
  press('Send another code');
  expect(await screen.findByText('Another code was sent to ann@example.com.')).toBeTruthy();
});

test('another code that is not sent says why', async () => {
  sendCodeAgain.mockRejectedValueOnce(new AccountProblem('LimitExceededException', 'Wait.'));
  press('Send another code');
  expect((await screen.findByText('Wait.')).getAttribute('role')).toBe('alert');
});
