// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { Boundary } from '../../src/ui/boundary';

afterEach(cleanup);

const Gone = lazy(() => Promise.reject<{ default: () => null }>(new Error('no network')));

test('what cannot be loaded takes nothing with it that is around it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  render(
    <>
      <Boundary instead={<p>No chart.</p>}>
        <Suspense>
          <Gone />
        </Suspense>
      </Boundary>
      <p>A table.</p>
    </>,
  );
  expect(await screen.findByText('No chart.')).toBeTruthy();
  expect(screen.getByText('A table.')).toBeTruthy();
});
