import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { position, usePosition } from '../../position/position.ts';
import { instantText, shortInstantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import type { TimelineAction } from './timeline-keys.ts';
import style from './Pins.module.css';

/** The two moments marked for comparing, and the button that compares them. */
export function Pins({ act }: { readonly act: (action: TimelineAction) => void }): React.JSX.Element {
  const pins = usePosition((state) => state.pins);
  const none = pins.from === null && pins.to === null;
  return (
    <div className={style.pins} role="group" aria-label={t('timeline.pins')}>
      {(['from', 'to'] as const).map((side) => {
        const name = t(side === 'from' ? 'timeline.pinFrom' : 'timeline.pinTo');
        const pin = pins[side];
        return (
          <span key={side} className={style.slot} data-set={pin !== null || undefined}>
            <button
              type="button"
              className={style.set}
              {...(pin
                ? { title: t('timeline.pinned', { side: name, time: instantText(pin.at) }) }
                : { 'aria-label': t(side === 'from' ? 'timeline.pinFromHere' : 'timeline.pinToHere') })}
              onClick={() => act({ kind: 'pin', side })}
            >
              <span className={style.key} data-key={side === 'from' ? 'I' : 'O'} />
              {name}
              {pin && <span className={style.time}>{shortInstantText(pin.at)}</span>}
            </button>
            {pin && (
              <button
                type="button"
                className={style.clear}
                aria-label={t('timeline.unpin', { side: name })}
                onClick={() => position.getState().pin(side, null)}
              >
                <IconX size={11} aria-hidden />
              </button>
            )}
          </span>
        );
      })}
      <Button
        size="compact-xs"
        variant={none ? 'default' : 'light'}
        aria-disabled={none || undefined}
        {...(none && { 'data-disabled': true, title: t('timeline.noPins') })}
        aria-label={t('timeline.comparePins')}
        onClick={() => act({ kind: 'compare' })}
      >
        {t('timeline.compare')}
      </Button>
    </div>
  );
}
