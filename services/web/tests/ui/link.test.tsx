// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Linked } from '../../src/ui/link';

const shown = (text: string) => render(<Linked text={text} />).container;

test('an address is a link that tells its place nothing', () => {
  const [link, ...others] = shown('see https://example.com/a?b=1.').querySelectorAll('a');
  expect(others).toEqual([]);
  expect(link?.getAttribute('href')).toBe('https://example.com/a?b=1');
  expect(link?.rel).toContain('noopener');
  expect(link?.rel).toContain('noreferrer');
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'example.com'])(
  '%s is no link',
  (text) => {
    expect(shown(text).querySelector('a')).toBeNull();
  },
);

test('whatever somebody writes is shown as they wrote it, and is no HTML', () => {
  const bits = fc.constantFrom(
    '<b>',
    '</b>',
    '<img src=x onerror=y>',
    '&lt;',
    'https://a.b/<i>',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 6 }), (parts) => {
      const text = parts.join('');
      const place = shown(text);
      expect(place.textContent).toBe(text);
      expect(place.querySelector('b, i, img, script')).toBeNull();
    }),
    { numRuns: 50 },
  );
});
