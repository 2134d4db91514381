import type { ExportPreview } from '../../../shared/contract/app/exchange.ts';
import { t } from '../../messages/index.ts';
import type { ShownMoment } from '../../position/position.ts';
import { dateRangeText, instantText, numberText } from '../../ui/format.ts';
import classes from './ExportForm.module.css';

/** What will be in the file, which version it shows, and what is left out, in sentences. */
export function Summary({
  preview,
  moment,
}: {
  readonly preview: ExportPreview | undefined;
  readonly moment: ShownMoment;
}): React.JSX.Element {
  if (preview === undefined) return <p>{t('exportFile.looking')}</p>;
  const { rows, halfDays, from, to, branch, position, commit, withheld, fields, what, name } = preview;
  const personal = fields.filter((field) => field.personal).length;
  return (
    <>
      <p>
        <strong>
          {what === 'roster'
            ? t('exportFile.summaryRoster', {
                people: t('exportFile.persons', { count: rows }),
                halfDays: t('exportFile.halfDays', { count: halfDays }),
                days: from === null || to === null ? '' : dateRangeText(from, to),
              })
            : t('exportFile.summaryList', { records: t(`exportFile.records_${what}`, { count: rows }) })}
        </strong>{' '}
        {commit === null
          ? t('exportFile.showsNothing', { branch })
          : moment.kind === 'now'
            ? t('exportFile.shows', { branch, position: numberText(position) })
            : t('exportFile.showsPast', { branch, moment: instantText(moment.at), position: numberText(position) })}{' '}
        {withheld.length > 0 && t('exportFile.withheld', { count: withheld.length })}
        {personal > 0 && t('exportFile.included', { count: personal })}
        {what === 'roster' && moment.kind === 'now' && t('exportFile.again', { branch })}
      </p>
      <p className={classes['file']}>{name}</p>
    </>
  );
}
