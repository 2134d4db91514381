import { Tooltip } from '@mantine/core';
import {
  IconCaretLeftFilled,
  IconCaretRightFilled,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
} from '@tabler/icons-react';
import { t } from '../../messages/index.ts';
import type { TimelineAction } from './timeline-keys.ts';
import { useTimelineState } from './timeline-store.ts';
import style from './Transport.module.css';

/** Playing and stepping by button: the same as J K L and the arrow keys on the slider. */
export function Transport({ act, wide }: { readonly act: (action: TimelineAction) => void; readonly wide: boolean }): React.JSX.Element {
  const playing = useTimelineState((state) => state.playing);
  const speed = useTimelineState((state) => state.speed);
  const changeSpeed = useTimelineState((state) => state.changeSpeed);
  return (
    <div className={style.transport}>
      {wide && (
        <Control label={t('timeline.playBack')} keys="J" pressed={playing === -1} run={() => act({ kind: 'play', direction: -1 })}>
          <IconPlayerTrackPrevFilled size={14} aria-hidden />
        </Control>
      )}
      <Control label={t('timeline.stepBack')} keys="←" run={() => act({ kind: 'step', direction: -1 })}>
        <IconCaretLeftFilled size={16} aria-hidden />
      </Control>
      <Control
        label={playing === null ? t('timeline.play') : t('timeline.pause')}
        keys={playing === null ? 'L' : 'K'}
        run={() => act({ kind: 'playOrPause' })}
      >
        {playing === null ? <IconPlayerPlayFilled size={14} aria-hidden /> : <IconPlayerPauseFilled size={14} aria-hidden />}
      </Control>
      <Control label={t('timeline.stepForward')} keys="→" run={() => act({ kind: 'step', direction: 1 })}>
        <IconCaretRightFilled size={16} aria-hidden />
      </Control>
      {wide && (
        <>
          <Control label={t('timeline.play')} keys="L" pressed={playing === 1} run={() => act({ kind: 'play', direction: 1 })}>
            <IconPlayerTrackNextFilled size={14} aria-hidden />
          </Control>
          <button type="button" className={style.speed} aria-label={t('timeline.speedChange', { speed })} onClick={changeSpeed}>
            {t('timeline.speed', { speed })}
          </button>
        </>
      )}
    </div>
  );
}

function Control({
  label,
  keys,
  pressed,
  run,
  children,
}: {
  readonly label: string;
  readonly keys: string;
  readonly pressed?: boolean;
  readonly run: () => void;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <Tooltip label={`${label}  ${keys}`} events={{ hover: true, focus: false, touch: false }}>
      <button type="button" className={style.control} aria-label={label} aria-pressed={pressed} onClick={run}>
        {children}
      </button>
    </Tooltip>
  );
}
