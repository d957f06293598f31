import { useEffect } from 'react';

/** What the tab is called while this is shown: each page is told from the others by it. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Calcutta` : 'Calcutta';
  }, [title]);
}
