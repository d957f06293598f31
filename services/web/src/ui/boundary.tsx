import { Component, type ReactNode } from 'react';
import { Button } from './button';

interface BoundaryProps {
  /** Somewhere else it is tried again. */
  readonly place?: string;
  /** What is shown where a part failed. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly hasFailed: boolean;
  readonly place: string | undefined;
}

/** Holds a failure within it, such as a part of the page that could not be loaded. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { hasFailed: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ place }: BoundaryProps, state: BoundaryState) {
    return place === state.place ? null : { hasFailed: false, place };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}

/** A page that cannot go on. */
export function Broken() {
  return (
    <main className="account">
      <h1>Something is missing</h1>
      <p role="alert">
        A part of this page could not be loaded. Nothing that was bid or saved is lost.
      </p>
      <Button className="primary" onClick={() => location.reload()}>
        Reload
      </Button>
    </main>
  );
}
