/** The keyboard's focus stays where somebody was, also when what had it is gone. */

const PLACES = 'section, form, [role="tabpanel"], main';

/**
 * From now on, when what had the focus is taken out of `page`, its nearest place that is still there
 * gets it; or `main`, as soon as there is one. Returns what ends that.
 */
export function keepFocus(page: Document): () => void {
  // what had the focus last, and what was around it
  let had: readonly Element[] = [];
  const remember = ({ target }: FocusEvent) => {
    had = target instanceof Element ? [target, ...around(target)] : [];
  };
  const isLost = () =>
    page.activeElement === page.body && had[0] !== undefined && !had[0].isConnected;
  const restore = () => {
    if (!isLost()) return;
    const near = had.find((it) => it.isConnected && it.matches(PLACES));
    const place = near ?? page.querySelector('main');
    if (!(place instanceof HTMLElement)) return;
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: near !== undefined });
  };
  const changes = new MutationObserver(() => {
    // a dialog that closes gives the focus back by itself, a moment after it is gone
    if (isLost()) setTimeout(restore);
  });
  page.addEventListener('focusin', remember);
  changes.observe(page.body, { childList: true, subtree: true });
  return () => {
    page.removeEventListener('focusin', remember);
    changes.disconnect();
  };
}

function around(element: Element): Element[] {
  const parent = element.parentElement;
  return parent ? [parent, ...around(parent)] : [];
}
