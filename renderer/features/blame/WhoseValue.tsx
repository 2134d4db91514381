import { useQuery } from '@tanstack/react-query';
import { IconChevronRight, IconFileText, IconGitMerge } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { BlamedField } from '../../../shared/contract/app/versions.ts';
import type { CommitHash, EntityId } from '../../../shared/ids.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { isMaskable, maskIdentifier } from '../../../shared/roster/mask-identifier.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { position } from '../../position/position.ts';
import { datesInWords, instantText, shortInstantText, shortText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { groupBlame, type BlameGroup } from './blame-groups.ts';
import style from './blame.module.css';

export interface BlamedRecord {
  readonly type: string;
  readonly id: EntityId;
  readonly branch: string;
  /** As of this commit; left out for now. */
  readonly at?: CommitHash | undefined;
}

/** A disclosure: for each field of a record who set the value, when, why, and through which merges it came here. Asked only once opened. */
export function WhoseValue({ record, title }: { readonly record: BlamedRecord; readonly title?: string }): React.JSX.Element {
  const [open, setOpen] = useState(false);
  const panel = useId();
  return (
    <section className={style.whose}>
      <button
        type="button"
        className={style.toggle}
        aria-expanded={open}
        aria-controls={panel}
        aria-label={title === undefined ? undefined : t('blame.titleOf', { title: datesInWords(title) })}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={13} stroke={2} aria-hidden data-open={open || undefined} />
        {t('blame.title')}
      </button>
      <div id={panel}>{open && <Stories record={record} />}</div>
    </section>
  );
}

function Stories({ record }: { readonly record: BlamedRecord }): React.JSX.Element {
  const engine = useEngine();
  const { type, id, branch, at } = record;
  const answer = useQuery(engine.query.versions.blame.queryOptions({ input: { type, id, branch, ...(at && { at }) } }));
  if (answer.error)
    return (
      <p className={style.note} role="alert">
        {t('blame.failed', { problem: problemOf(answer.error).message })}
      </p>
    );
  if (!answer.data) return <p className={style.note}>{t('blame.loading')}</p>;
  if (answer.data.fields.length === 0) return <p className={style.note}>{t('blame.nothing')}</p>;
  return (
    <ul className={style.stories} aria-label={t('blame.titleOf', { title: datesInWords(answer.data.title) })}>
      {groupBlame(answer.data.fields.map((field) => maskPersonal(type, field))).map((group) => (
        <Story key={`${group.story.commit} ${group.story.field ?? ''}`} group={group} />
      ))}
    </ul>
  );
}

/** Digits that identify a patient are shown where they are asked for, which is kept; here they are masked. */
function maskPersonal(type: string, field: BlamedField): BlamedField {
  const definition = findEntityType(type);
  const isHidden = definition !== undefined && field.field === definition.identifier && isMaskable(definition);
  return isHidden ? { ...field, text: maskIdentifier(field.text) } : field;
}

function Story({ group: { fields, story } }: { readonly group: BlameGroup }): React.JSX.Element {
  const labels = fields.map(({ label }) => label).join(', ');
  return (
    <li className={style.story}>
      <div className={style.values}>
        {fields.map((field) =>
          field.field === null ? (
            <div key="" className={style.gone}>
              {t('blame.deleted')}
            </div>
          ) : (
            <div key={field.field} className={style.value}>
              <span className={style.label}>{field.label}</span>{' '}
              <span>{shortText(datesInWords(field.text, true)) || t('blame.empty')}</span>
            </div>
          ),
        )}
      </div>
      <div className={style.who} title={instantText(story.at)}>
        {t('blame.who', { author: story.authorName, time: shortInstantText(story.at), branch: story.branch })}
        <Open commit={story.commit} label={t('blame.openChange', { label: labels })} icon={<IconFileText size={13} aria-hidden />} />
      </div>
      <div className={style.why}>{story.reason ?? story.message}</div>
      {story.through.map((merge) => (
        <Merge key={`${merge.commit} ${merge.side}`} merge={merge} />
      ))}
    </li>
  );
}

function Merge({ merge }: { readonly merge: BlamedField['through'][number] }): React.JSX.Element {
  const { decision, source, side } = merge;
  const words = {
    source: ['blame.came', 'blame.cameUnknown'],
    target: ['blame.kept', 'blame.keptUnknown'],
    neither: ['blame.made', 'blame.madeUnknown'],
  } as const;
  return (
    <div className={style.merge}>
      <IconGitMerge size={13} stroke={1.8} aria-hidden />
      <div>
        <span title={instantText(merge.at)}>
          {t(words[side][source === null ? 1 : 0], {
            source: source ?? '',
            author: merge.authorName,
            time: shortInstantText(merge.at),
          })}
        </span>
        <Open commit={merge.commit} label={t('blame.openMerge')} icon={<IconFileText size={13} aria-hidden />} />
        {decision && (
          <div className={style.decision}>
            {decision.by !== 'repair' && (
              <>
                {t('blame.sides', {
                  target: decision.target,
                  targetText: shortText(decision.targetText) || t('blame.empty'),
                  source: decision.source,
                  sourceText: shortText(decision.sourceText) || t('blame.empty'),
                })}{' '}
              </>
            )}
            {decision.by === 'rule'
              ? t('blame.choseRule', { rule: decision.origin ?? '', value: shortText(decision.valueText) || t('blame.empty') })
              : t(decision.by === 'repair' ? 'blame.choseRepair' : 'blame.chosePerson', {
                  name: decision.authorName,
                  value: shortText(decision.valueText) || t('blame.empty'),
                })}
            {decision.by === 'rule' && (
              <button type="button" className={style.rules} onClick={() => position.getState().go({ place: { screen: 'houseRules' } })}>
                {t('blame.openRules')}
              </button>
            )}
            {decision.reason !== null && decision.reason !== '' && ` ${t('blame.because', { reason: decision.reason })}`}
          </div>
        )}
      </div>
    </div>
  );
}

function Open({
  commit,
  label,
  icon,
}: {
  readonly commit: CommitHash;
  readonly label: string;
  readonly icon: React.ReactNode;
}): React.JSX.Element {
  return (
    <button
      type="button"
      className={style.open}
      aria-label={label}
      title={label}
      onClick={() => position.getState().go({ place: { screen: 'commit', commit } })}
    >
      {icon}
    </button>
  );
}
