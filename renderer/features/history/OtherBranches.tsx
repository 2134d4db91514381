import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EntityId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { position, usePosition } from '../../position/position.ts';
import { shortInstantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { otherBranches } from './cell-history.ts';
import type { CellFacts } from './useCellHistory.ts';
import style from './CellInspector.module.css';

/** What the same assignment became on other branches, where that differs from this one. */
export function OtherBranches({ id, facts }: { readonly id: string | null; readonly facts: CellFacts }): React.JSX.Element | null {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const entity = EntityId.safeParse(id).data;
  const lineage = useQuery({
    ...engine.query.versions.lineage.queryOptions({ input: { type: 'assignment', id: entity ?? EntityId.parse('none') } }),
    enabled: entity !== undefined,
  }).data;
  if (!lineage) return null;
  const others = otherBranches(lineage.versions, facts.entries, branch);
  return (
    <section className={style.section}>
      <h2 className={style.heading}>{t('history.otherBranches')}</h2>
      {others.length === 0 && <p className={style.none}>{t('history.otherBranchesNone')}</p>}
      {others.map((entry) => (
        <div key={entry.branch} className={style.branchRow}>
          <div className={style.branchWords}>
            <strong>{t('history.otherBranchRow', { value: entry.text, branch: entry.branch })}</strong>
            <span className={style.since}>
              {t('history.rowWho', { author: entry.userName, time: shortInstantText(entry.officialAt) })} · {entry.reason ?? entry.message}
            </span>
          </div>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => position.getState().go({ branch: entry.branch, moment: { kind: 'now' } })}
          >
            {t('history.goToBranch', { branch: entry.branch })}
          </Button>
        </div>
      ))}
    </section>
  );
}
