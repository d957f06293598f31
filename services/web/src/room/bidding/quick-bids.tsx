import { useEffect } from 'react';
import { dollars } from '../../auction/money';
import { AmountButton } from './amount-button';
import { quickKey } from './quick-key';

const PLACES = [0, 1, 2, 3];

interface QuickBidsProps {
  readonly amounts: readonly number[];
  readonly isOff: boolean;
  readonly onBid: (cents: number) => void;
}

/** Always the same number of buttons in the same places, so that nothing moves under a finger. */
export function QuickBids({ amounts, isOff, onBid }: QuickBidsProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const amount = amounts[quickKey(event) ?? -1];
      if (amount === undefined || isOff) return;
      event.preventDefault();
      onBid(amount);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [amounts, isOff, onBid]);
  return (
    <div className="quick" role="group" aria-label="Quick bids">
      {PLACES.map((place) => {
        const amount = amounts[place] ?? null;
        return (
          <AmountButton
            key={place}
            type="button"
            disabled={isOff}
            cents={amount}
            onChoose={onBid}
            aria-keyshortcuts={`Alt+${place + 1}`}
            title={`Alt+${place + 1}`}
          >
            {amount === null ? '–' : dollars(amount)}
          </AmountButton>
        );
      })}
    </div>
  );
}
