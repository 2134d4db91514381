import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MigrationProblem, MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { t } from '../../messages/index.ts';
import { counted } from './counted.ts';
import { numberText } from '../../ui/format.ts';
import { problemText } from './problem-text.ts';
import classes from './migration.module.css';

const portion = 200;

/** The rows that are not taken, with why; all of them, or those with one problem. */
export function IssueList({ report }: { readonly report: MigrationReport }): React.JSX.Element {
  const [only, setOnly] = useState<MigrationProblem | null>(null);
  const [shown, setShown] = useState(portion);
  const choose = (problem: MigrationProblem | null): void => {
    setOnly(problem);
    setShown(portion);
  };
  const { counts } = report;
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  const wanted = only === null ? total : (counts.find(({ problem }) => problem === only)?.rows ?? 0);
  const known = report.issues.filter(({ problem }) => only === null || problem === only);
  const listed = known.slice(0, shown);
  const rest = known.length - listed.length;
  return (
    <section aria-labelledby="migration-issues" className={classes['section']}>
      <h3 id="migration-issues">{t('migration.issues')}</h3>
      {total === 0 ? (
        <p className={classes['quiet']}>{t('migration.noIssues')}</p>
      ) : (
        <>
          <div role="group" aria-label={t('migration.filters')} className={classes['filters']}>
            <Filter label={t('migration.all')} rows={total} pressed={only === null} onPress={() => choose(null)} />
            {counts.map(({ problem, rows }) => (
              <Filter
                key={problem}
                label={problemText(problem)}
                rows={rows}
                pressed={only === problem}
                onPress={() => choose(only === problem ? null : problem)}
              />
            ))}
          </div>
          <ul className={classes['issues']} aria-label={t('migration.issues')}>
            {listed.map(({ sheet, row, problem, text }) => (
              <li key={`${sheet} ${row} ${problem}`}>
                <span className={classes['where']}>
                  {sheet === null ? t('migration.row', { row: numberText(row) }) : t('migration.rowOf', { sheet, row: numberText(row) })}
                </span>
                <span className={classes['kind']} data-mild={problem === 'doubled' || problem === 'differs' || undefined}>
                  {problemText(problem)}
                </span>
                <span>{text}</span>
              </li>
            ))}
            {rest > 0 && (
              <li className={classes['rest']}>
                <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + portion)}>
                  {t('migration.more', { count: Math.min(portion, rest) })}
                </Button>
              </li>
            )}
            {rest <= 0 && wanted > known.length && (
              <li className={classes['rest']}>{counted('migration.beyond', wanted - known.length)}</li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}

function Filter({
  label,
  rows,
  pressed,
  onPress,
}: {
  readonly label: string;
  readonly rows: number;
  readonly pressed: boolean;
  readonly onPress: () => void;
}): React.JSX.Element {
  return (
    <button type="button" className={classes['filter']} aria-pressed={pressed} onClick={onPress}>
      {label} <span>{numberText(rows)}</span>
    </button>
  );
}
