import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { numberText } from '../../ui/format.ts';
import classes from './CompareScreen.module.css';

/** Between two branches: what only one of them has, what both changed, and how much is the same. */
export function BranchSummary({ a, b }: { readonly a: string; readonly b: string }): React.JSX.Element | null {
  const { query } = useEngine();
  const answer = useQuery({ ...query.branches.compare.queryOptions({ input: { a, b } }), staleTime: 0 });
  if (!answer.data) return null;
  const { uniqueToA, uniqueToB, modifiedInBoth, identical } = answer.data;
  return (
    <div className={classes['branches']} role="group" aria-label={t('compare.branchSummary')}>
      <span>{t('compare.branchOnlyA', { name: a, count: uniqueToA.length })}</span>
      <span>{t('compare.branchOnlyA', { name: b, count: uniqueToB.length })}</span>
      <span>{t('compare.branchBoth', { count: modifiedInBoth.length })}</span>
      <span>{t('compare.branchIdentical', { count: numberText(identical) })}</span>
    </div>
  );
}
