import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactElement, ReactNode } from 'react';

interface ConfirmProps {
  /** The button that asks. */
  readonly trigger: ReactElement;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button that does it says. */
  readonly act: string;
  /** Called when the question is asked. */
  readonly onOpen?: () => void;
  readonly onConfirm: () => void;
}

/** Asks before something is done. */
export function Confirm({ trigger, title, children, act, onOpen, onConfirm }: ConfirmProps) {
  return (
    <AlertDialog.Root onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      <AlertDialog.Trigger render={trigger} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div className="dialog-text" />}>
            {children}
          </AlertDialog.Description>
          <div className="dialog-acts">
            <AlertDialog.Close>Leave it</AlertDialog.Close>
            <AlertDialog.Close className="danger" onClick={onConfirm}>
              {act}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
