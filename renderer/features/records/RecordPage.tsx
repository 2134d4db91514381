import { Button, Loader } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition, type RecordPart } from '../../position/position.ts';
import { useViewed } from '../../position/viewed.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { RecordActions } from './RecordActions.tsx';
import { RecordForm } from './RecordForm.tsx';
import { RecordHead } from './RecordHead.tsx';
import type { RecordKind } from './record-type.ts';
import { useRecord, useViewedName } from './useRecords.ts';
import { VersionsPanel } from './VersionsPanel.tsx';
import style from './record.module.css';
import tabsLook from './tabs.module.css';

const parts: readonly RecordPart[] = ['form', 'views', 'versions', 'history'];
const pastParts: readonly RecordPart[] = ['form', 'views', 'history'];
const otherParts: readonly RecordPart[] = ['form'];

/** One record as the view on screen shows it: its fields, everybody's who may be seen beside each other, one's own versions, the shared history. */
export function RecordPage({
  kind,
  id,
  part,
  user,
}: {
  readonly kind: RecordKind;
  readonly id: string;
  readonly part: RecordPart;
  /** Who acts. */
  readonly user: string;
}): React.JSX.Element {
  const branch = usePosition((state) => state.branch);
  const record = useRecord(kind.type, id);
  const { readOnly } = useViewed();
  const name = useViewedName();
  const open = (next: RecordPart): void => position.getState().go({ place: { screen: kind.screen, record: id, part: next } }, 'replace');
  const back = (): void => position.getState().go({ place: { screen: kind.screen, record: null, part: 'form' } });
  const { definition } = kind;
  if (record.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (record.error) {
    const { code, message } = problemOf(record.error);
    const isGone = code === 'NOT_FOUND';
    const goneText =
      readOnly === 'other' ? t('records.goneOther', { name: name ?? '' }) : t(readOnly === 'past' ? 'records.goneThen' : 'records.gone');
    return (
      <div className={style.gone} role="alert">
        <strong>{isGone ? goneText : message}</strong>
        {isGone && readOnly === null && <span>{t('records.goneText')}</span>}
        <Button variant="default" leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={back}>
          {t('records.back', { plural: definition.plural })}
        </Button>
      </div>
    );
  }
  const seen = record.data;
  // Of somebody else's view only the fields are on screen; which of one's own versions are in use is a matter of now.
  const offered = readOnly === 'other' ? otherParts : readOnly === 'past' ? pastParts : parts;
  const shown = offered.includes(part) ? part : 'form';
  return (
    <article className={style.page} aria-label={seen.title}>
      <RecordHead
        kind={kind}
        seen={seen}
        branch={branch}
        onBack={back}
        actions={readOnly !== 'other' && <RecordActions kind={kind} seen={seen} />}
      />
      <Tabs group="record" label={t('records.parts')} parts={offered} shown={shown} onShow={open} look={tabsLook}>
        {(each) => t(`records.part_${each}`)}
      </Tabs>
      <div className={style.panel} id="record-panel" role="tabpanel" aria-labelledby={`record-tab-${shown}`}>
        {shown === 'views' && <MatrixPanel kind={kind} seen={seen} />}
        {shown === 'versions' && <VersionsPanel kind={kind} seen={seen} />}
        {shown === 'history' && <HistoryPanel kind={kind} seen={seen} />}
        {shown === 'form' && <RecordForm kind={kind} seen={seen} record={`${user} ${branch} ${kind.type} ${id}`} />}
      </div>
    </article>
  );
}
