import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { Migration } from '../../../shared/contract/app/view-migrations.ts';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { ChooseList } from './ChooseList.tsx';
import { EarlierMigrations } from './EarlierMigrations.tsx';
import type { MasterType } from './opened.ts';
import { Outcome, type Migrated } from './Outcome.tsx';
import { PreviewList } from './PreviewList.tsx';
import { ReversalForm } from './ReversalForm.tsx';
import type { PickedList } from './useMigration.ts';
import classes from './migration.module.css';

type Step =
  | { readonly kind: 'choose' }
  | { readonly kind: 'preview'; readonly list: PickedList }
  | { readonly kind: 'done'; readonly outcome: Migrated }
  | { readonly kind: 'earlier' }
  | { readonly kind: 'reverse'; readonly migration: Migration };

/** From the choice of a list to its report, and the migrations there were. */
export function MigrationSteps({ first }: { readonly first: MasterType }): React.JSX.Element {
  useFocusReturn();
  const [type, setType] = useState(first);
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const isEarlier = step.kind === 'earlier' || step.kind === 'reverse';
  return (
    <Tabs
      value={isEarlier ? 'earlier' : 'new'}
      onChange={(tab) => setStep({ kind: tab === 'earlier' ? 'earlier' : 'choose' })}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('migration.tabs')} className={classes['tabs']}>
        <Tabs.Tab value="new">{t('migration.tabNew')}</Tabs.Tab>
        <Tabs.Tab value="earlier">{t('migration.tabEarlier')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="new">
        {step.kind === 'choose' && <ChooseList type={type} onType={setType} onPick={(list) => setStep({ kind: 'preview', list })} />}
        {step.kind === 'preview' && (
          <PreviewList
            key={step.list.picked}
            type={type}
            list={step.list}
            onAnother={() => setStep({ kind: 'choose' })}
            onDone={(outcome) => setStep({ kind: 'done', outcome })}
          />
        )}
        {step.kind === 'done' && (
          <Outcome
            outcome={step.outcome}
            onAnother={() => setStep({ kind: 'choose' })}
            onUndo={(migration) => setStep({ kind: 'reverse', migration })}
          />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="earlier">
        {step.kind === 'earlier' && <EarlierMigrations onUndo={(migration) => setStep({ kind: 'reverse', migration })} />}
        {step.kind === 'reverse' && <ReversalForm migration={step.migration} onBack={() => setStep({ kind: 'earlier' })} />}
      </Tabs.Panel>
    </Tabs>
  );
}
