import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { position } from '../../position/position.ts';
import { shortInstantText } from '../../ui/format.ts';
import { useProgramActions } from './actions.ts';
import style from './programs.module.css';

/** The programmes on this computer, the open one marked. Nothing at all when there is none. */
export function ProgramList({
  title,
  without = null,
  onRename,
}: {
  readonly title: string;
  /** A file that is not listed: the one that was just refused. */
  readonly without?: string | null;
  readonly onRename?: () => void;
}): React.JSX.Element | null {
  const engine = useEngine();
  const { data } = useQuery({ ...engine.query.program.list.queryOptions(), staleTime: 0 });
  const { open } = useProgramActions();
  const entries = data?.items.filter((entry) => entry.file !== without) ?? [];
  if (entries.length === 0) return null;
  const show = (program: string): void => open.mutate(program, { onSuccess: () => position.getState().reset() });
  return (
    <section className={style.listSection} aria-label={title}>
      <h2 className={style.listTitle}>{title}</h2>
      <ul className={style.list}>
        {entries.map((entry) => (
          <li key={entry.program} className={style.entry} data-open={entry.open || undefined}>
            <span className={style.entryName}>
              <span>{entry.name}</span>
              {entry.sample && <b className={style.chip}>{t('programs.sample')}</b>}
            </span>
            <span className={style.entryText} title={entry.file}>
              {entry.open
                ? t('programs.isOpen')
                : entry.openedAt === null
                  ? t('programs.neverOpened')
                  : t('programs.lastOpened', { when: shortInstantText(entry.openedAt) })}
              {' · '}
              {entry.file.split(/[\\/]/).at(-1)}
            </span>
            <span className={style.entryActions}>
              {entry.open && onRename && (
                <Button variant="default" onClick={onRename}>
                  {t('programs.rename')}
                </Button>
              )}
              {!entry.open && (
                <Button
                  variant="default"
                  aria-label={`${t('programs.open')} ${entry.name}`}
                  loading={open.isPending && open.variables === entry.program}
                  onClick={() => show(entry.program)}
                >
                  {t('programs.open')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
