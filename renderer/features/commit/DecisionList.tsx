import type { CommitDetail } from '../../../shared/contract/app/commits.ts';
import { t } from '../../messages/index.ts';
import { datesInWords, instantText, numberText, shortInstantText, shortText } from '../../ui/format.ts';
import style from './DecisionList.module.css';

type Decision = CommitDetail['decisions'][number];

/** What was chosen in a merge: both sides' values by branch, who chose which, when and why. */
export function DecisionList({ decisions, total }: { readonly decisions: readonly Decision[]; readonly total: number }): React.JSX.Element {
  return (
    <section className={style.decisions} aria-labelledby="commit-decisions">
      <h2 id="commit-decisions">{t('commit.decisions', { count: total })}</h2>
      <ul aria-label={t('commit.decisions', { count: total })}>
        {decisions.map((decision) => (
          <li key={`${decision.entity.type} ${decision.entity.id} ${decision.field ?? ''}`}>
            <strong>
              {datesInWords(decision.title)}, {decision.label}
            </strong>
            <span className={style.sides}>
              {t('commit.decisionSides', {
                target: decision.target,
                targetText: shortText(decision.targetText) || t('commit.nothing'),
                source: decision.source,
                sourceText: shortText(decision.sourceText) || t('commit.nothing'),
              })}
            </span>
            <span title={instantText(decision.at)}>
              {t(decision.by === 'rule' ? 'commit.decisionRule' : 'commit.decisionChose', {
                name: decision.authorName,
                value: shortText(decision.valueText) || t('commit.nothing'),
                at: shortInstantText(decision.at),
              })}
              {decision.reason !== null && decision.reason !== '' && <q>{decision.reason}</q>}
            </span>
          </li>
        ))}
      </ul>
      {decisions.length < total && <p>{t('commit.changesCut', { shown: numberText(decisions.length), total: numberText(total) })}</p>}
    </section>
  );
}
