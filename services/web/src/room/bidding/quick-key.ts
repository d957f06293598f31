/** Quick bids by the keyboard. */

const EDITABLE = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const DIALOG = '[role="dialog"], [role="alertdialog"], dialog[open]';

/**
 * Which quick bid a key asks for, by place (0 for Alt+1), or null. AltGr is no Alt, though it may
 * look like Ctrl+Alt; where one types, or is asked something, no key bids; nor does one that is held.
 */
export function quickKey(event: KeyboardEvent): number | null {
  const { altKey, ctrlKey, metaKey, shiftKey, repeat, target } = event;
  if (!altKey || ctrlKey || metaKey || shiftKey || repeat) return null;
  if (event.getModifierState('AltGraph')) return null;
  if (target instanceof Element && target.closest(EDITABLE)) return null;
  if (document.querySelector(DIALOG)) return null;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? null : Number(digit) - 1;
}
