import { Button, Checkbox } from '@mantine/core';
import { IconArrowBarToLeft } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { EntityId } from '../../../shared/ids.ts';
import { t } from '../../messages/index.ts';
import { type Picking, pickKey } from './DifferencesTable.tsx';
import classes from './CompareScreen.module.css';

/** Draws the dialog that brings records of a branch into another. */
export type Bring = (
  pick: {
    readonly source: string;
    readonly target: string;
    readonly entities: readonly { readonly type: string; readonly id: EntityId; readonly title: string }[];
  },
  on: { readonly onClose: () => void; readonly onDone: () => void },
) => React.ReactNode;

/** Which differences are chosen, for one pair of branches; another pair starts with none. */
export function usePicking(pair: string): Picking & { readonly clear: () => void } {
  const [state, setState] = useState<{ readonly pair: string; readonly picked: ReadonlySet<string> }>({ pair, picked: new Set() });
  const onPick = useCallback(
    (items: readonly EntityChange[], on: boolean) =>
      setState((now) => {
        const picked = new Set(now.pair === pair ? now.picked : []);
        for (const item of items) {
          if (on) picked.add(pickKey(item));
          else picked.delete(pickKey(item));
        }
        return { pair, picked };
      }),
    [pair],
  );
  const clear = useCallback(() => setState({ pair, picked: new Set() }), [pair]);
  return { picked: state.pair === pair ? state.picked : new Set(), onPick, clear };
}

/** Above the list of differences: how many are chosen, and the way to bring them into the other branch. */
export function BringBar({
  items,
  picking,
  source,
  target,
  bring,
}: {
  readonly items: readonly EntityChange[];
  readonly picking: Picking & { readonly clear: () => void };
  readonly source: string;
  readonly target: string;
  readonly bring: Bring;
}): React.JSX.Element {
  const [open, setOpen] = useState(false);
  // What no longer differs, or is filtered away, is not brought over unseen.
  const chosen = items.filter((item) => picking.picked.has(pickKey(item)));
  return (
    <div className={classes['bring']} data-some={chosen.length > 0 || undefined}>
      <Checkbox
        size="xs"
        aria-label={t('pick.chooseAll')}
        title={t('pick.chooseAll')}
        checked={chosen.length > 0 && chosen.length === items.length}
        indeterminate={chosen.length > 0 && chosen.length < items.length}
        onChange={(event) => picking.onPick(items, event.currentTarget.checked)}
      />
      {chosen.length === 0 ? (
        <span>{t('pick.bringNone', { target })}</span>
      ) : (
        <>
          <span aria-live="polite">{t('pick.chosen', { count: chosen.length })}</span>
          <span className={classes['bringSpace']} />
          <Button size="compact-sm" leftSection={<IconArrowBarToLeft size={14} aria-hidden />} onClick={() => setOpen(true)}>
            {t('pick.bring', { count: chosen.length, target })}
          </Button>
        </>
      )}
      {open &&
        chosen.length > 0 &&
        bring(
          { source, target, entities: chosen.map(({ type, id, title }) => ({ type, id, title })) },
          { onClose: () => setOpen(false), onDone: picking.clear },
        )}
    </div>
  );
}
