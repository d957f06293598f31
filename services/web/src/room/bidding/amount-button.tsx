import type { ButtonProps } from '@base-ui/react/button';
import { useRef } from 'react';
import { Button } from '../../ui/button';

interface AmountButtonProps extends Omit<ButtonProps, 'onClick' | 'onPointerDownCapture'> {
  /** What the button says; null if there is nothing to choose. */
  readonly cents: number | null;
  readonly onChoose: (cents: number) => void;
}

/** A button for an amount that may change at any time: what it said when the finger came down
 * counts, not what it says when it goes up. */
export function AmountButton({ cents, onChoose, ...others }: AmountButtonProps) {
  const isOff = others.disabled === true || cents === null;
  const meant = useRef<number | null>(null);
  return (
    <Button
      {...others}
      disabled={isOff}
      onPointerDownCapture={() => {
        meant.current = isOff ? null : cents;
      }}
      onClick={(event) => {
        // not also the form's: it does not know what was meant
        event.preventDefault();
        // without a pointer it is the keyboard, also by Enter in the form's field
        const chosen = event.detail > 0 ? meant.current : cents;
        meant.current = null;
        if (chosen !== null) onChoose(chosen);
      }}
    />
  );
}
