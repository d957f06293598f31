import { Button as BaseButton, type ButtonProps } from '@base-ui/react/button';

/** A button that keeps the keyboard's focus while it is off: what one has just pressed often is. */
export function Button(props: ButtonProps) {
  return <BaseButton focusableWhenDisabled {...props} />;
}
