import { Component, type ReactNode } from 'react';
import { t } from '../messages/index.ts';
import { FullMessage } from './FullMessage.tsx';

interface Props {
  readonly children: ReactNode;
  /** Shown in place of the whole window when only a part of it failed. */
  readonly small?: boolean;
}

/** Shows a fault of ours in words instead of an empty window. What was saved is untouched by it. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };
  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
  override componentDidCatch(error: unknown): void {
    console.error('a screen failed', error);
  }
  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const details = `${error.name}: ${error.message}\n${error.stack ?? ''}`;
    if (this.props.small)
      return (
        <FullMessage
          inside
          title={t('app.screenFailed')}
          details={details}
          action={{ label: t('common.retry'), run: () => this.setState({ error: null }) }}
        />
      );
    return (
      <FullMessage
        title={t('app.faultTitle')}
        text={t('app.faultText')}
        details={details}
        action={{ label: t('app.reload'), run: () => window.location.reload() }}
      />
    );
  }
}
