import { Component, type ReactNode } from "react";
import { messageOf } from "./actions.ts";

interface BoundaryProps {
  readonly children: ReactNode;
  /** What stands in place of the part that failed. */
  readonly failed: (why: string, retry: () => void) => ReactNode;
}

/** Keeps an error in drawing within the lab that made it. */
export class Boundary extends Component<BoundaryProps, { readonly why: string | null }> {
  override state: { readonly why: string | null } = { why: null };

  static getDerivedStateFromError(error: unknown): { why: string } {
    return { why: messageOf(error) };
  }

  override render(): ReactNode {
    const { why } = this.state;
    if (why === null) return this.props.children;
    return this.props.failed(why, () => this.setState({ why: null }));
  }
}
