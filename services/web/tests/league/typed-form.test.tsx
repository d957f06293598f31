// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { typedCents } from '../../src/league/fields';
import { useTypedForm } from '../../src/league/typed-form';

afterEach(cleanup);

function Form({ onSave }: { readonly onSave: (cents: number) => void }) {
  const { register, onSubmit, refusal } = useTypedForm({
    values: { budget: '12.5' },
    read: ({ budget }: { budget: string }) => typedCents(budget, 'Budget'),
    onSave,
  });
  return (
    <form onSubmit={onSubmit}>
      <input {...register('budget')} />
      <button type="submit">Save</button>
      <p role="alert">{refusal}</p>
    </form>
  );
}

const type = (text: string) =>
  fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });
const save = () => fireEvent.click(screen.getByRole('button'));

test('what was typed is saved as what it means', async () => {
  const onSave = vi.fn<(cents: number) => void>();
  render(<Form onSave={onSave} />);
  type('20');
  save();
  await waitFor(() => expect(onSave).toHaveBeenCalledWith(20_00));
});

test('what cannot be read is refused with its reason, and not saved', async () => {
  const onSave = vi.fn<(cents: number) => void>();
  render(<Form onSave={onSave} />);
  type('much');
  save();
  await screen.findByText('Budget: “much” is no amount');
  expect(onSave).not.toHaveBeenCalled();
});

test('a refusal goes once it is put right', async () => {
  const onSave = vi.fn<(cents: number) => void>();
  render(<Form onSave={onSave} />);
  type('much');
  save();
  await screen.findByText('Budget: “much” is no amount');
  type('20');
  save();
  await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  expect(screen.getByRole('alert').textContent).toBe('');
});
