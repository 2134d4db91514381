import { IconArrowBackUp, IconFileImport, IconFlag, IconGitBranch, IconGitMerge } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { TimelineMark } from '../../../shared/contract/app/commits.ts';
import { instantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { clusterMarks } from './stops.ts';
import { xOf } from './time-scale.ts';
import type { TimelineModel } from './useTimeline.ts';
import { markText } from './words.ts';
import style from './Marks.module.css';

const icons = { tag: IconFlag, merge: IconGitMerge, import: IconFileImport, restore: IconArrowBackUp, branch: IconGitBranch } as const;

/** The flags over the slider: one Tab stop, arrows go along them, Enter goes there. Marks that would overlap open their stretch. */
export function Marks({ model, width }: { readonly model: TimelineModel; readonly width: number }): React.JSX.Element {
  const { range, marks } = model;
  const row = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const clusters = useMemo(() => clusterMarks(marks, (mark) => xOf(range, width, Date.parse(mark.at)), width, 25), [marks, range, width]);
  const go = (inside: readonly TimelineMark[], lead: TimelineMark): void => {
    const from = Date.parse(inside[0]?.at ?? lead.at);
    const to = Date.parse(inside.at(-1)?.at ?? lead.at);
    model.navigator.toPosition(lead.position, `mark ${lead.commit}`);
    // Several marks on one spot: come close enough that they stand apart.
    if (inside.length > 1 && to > from) {
      const air = (to - from) * 0.3;
      model.setRange({ from: from - air, to: to + air });
    }
  };
  const active = Math.min(stop, clusters.length - 1);
  return (
    <div
      ref={row}
      className={style.marks}
      role="toolbar"
      tabIndex={-1}
      aria-label={t('timeline.marks')}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        const next = Math.min(Math.max(active + step, 0), clusters.length - 1);
        setStop(next);
        row.current?.querySelectorAll('button')[next]?.focus();
      }}
    >
      {clusters.map(({ x, lead, marks: inside }, index) => {
        const Icon = icons[lead.kind];
        const name = inside.length > 1 ? t('timeline.markSeveral', { label: markText(lead), count: inside.length - 1 }) : markText(lead);
        return (
          <button
            key={`${lead.commit} ${lead.kind} ${lead.label}`}
            type="button"
            tabIndex={index === active ? 0 : -1}
            className={style.mark}
            data-kind={lead.kind}
            style={{ insetInlineStart: Math.round(x) }}
            aria-label={`${name}, ${instantText(lead.at)}`}
            title={`${name}\n${instantText(lead.at)}`}
            onFocus={() => setStop(index)}
            onClick={() => go(inside, lead)}
          >
            <Icon size={13} stroke={2} aria-hidden />
            {inside.length > 1 && <span className={style.count} data-count={inside.length} />}
          </button>
        );
      })}
    </div>
  );
}
