import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../messages/index.ts';
import style from './FullMessage.module.css';

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly busy?: boolean;
  /** Fills its parent instead of the window. */
  readonly inside?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly details?: string;
  readonly children?: ReactNode;
}

/** A screen that only says something: what happened, what is safe, what to do. */
export function FullMessage({ title, text, busy = false, inside = false, action, details, children }: Props): React.JSX.Element {
  const Root = inside ? 'div' : 'main';
  return (
    <Root className={style.screen} data-inside={inside || undefined}>
      <div className={style.card} role={busy ? 'status' : undefined}>
        {busy && <Loader size="sm" aria-hidden />}
        <h1 className={style.title}>{title}</h1>
        {text !== undefined && <p className={style.text}>{text}</p>}
        {children}
        {(action ?? details) !== undefined && (
          <div className={style.actions}>
            {action && <Button onClick={action.run}>{action.label}</Button>}
            {details !== undefined && (
              <Button variant="default" onClick={() => void navigator.clipboard.writeText(details)}>
                {t('common.copyDetails')}
              </Button>
            )}
          </div>
        )}
      </div>
    </Root>
  );
}
