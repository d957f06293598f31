import { NumberField } from '@base-ui/react/number-field';
import type { Ref } from 'react';
import { dollars } from '../../auction/money';
import { AmountButton } from './amount-button';
import { StopBidding } from './stop-bidding';

interface BidFormProps {
  readonly field: Ref<HTMLInputElement>;
  readonly cents: number;
  readonly onType: (cents: number | null) => void;
  readonly stepCents: number;
  /** No lot is up. */
  readonly isEmpty: boolean;
  readonly mayBid: boolean;
  readonly onBid: (cents: number) => void;
  readonly mayLead: boolean;
  readonly onLead: (cents: number) => void;
  /** How far the server bids for me now. */
  readonly maximumCents: number | null;
}

/** An amount of one's own: to bid now, or to be bid up to. */
export function BidForm({
  field,
  cents,
  stepCents,
  onType,
  maximumCents,
  ...others
}: BidFormProps) {
  return (
    // noValidate: to the browser an amount between two steps would be no number
    <form className="bid-form" noValidate onSubmit={(event) => event.preventDefault()}>
      <NumberField.Root
        className="amount"
        value={cents / 100}
        min={0}
        step={stepCents / 100}
        largeStep={(stepCents * 5) / 100}
        onValueChange={(it) => onType(it === null ? null : Math.round(it * 100))}
        disabled={others.isEmpty}
        format={{ style: 'currency', currency: 'USD', minimumFractionDigits: 0 }}
      >
        <NumberField.Group className="amount-group">
          <NumberField.Decrement aria-label="One step less">−</NumberField.Decrement>
          <NumberField.Input ref={field} aria-label="Your bid" />
          <NumberField.Increment aria-label="One step more">+</NumberField.Increment>
        </NumberField.Group>
      </NumberField.Root>
      <AmountButton
        type="submit"
        className="primary bid-button"
        disabled={!others.mayBid}
        cents={cents}
        onChoose={others.onBid}
      >
        Bid {dollars(cents)}
      </AmountButton>
      <AmountButton
        type="button"
        className="maximum-button"
        disabled={!others.mayLead}
        cents={cents}
        onChoose={others.onLead}
      >
        Bid for me up to {dollars(cents)}
      </AmountButton>
      <p className="hint">
        {maximumCents === null
          ? 'Nobody else sees how far.'
          : `Your maximum: ${dollars(maximumCents)}`}
      </p>
      <StopBidding />
    </form>
  );
}
