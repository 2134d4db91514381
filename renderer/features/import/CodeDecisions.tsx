import { Button, Group, Select } from '@mantine/core';
import type { ImportDecisions, ImportPreview } from '../../../shared/contract/app/exchange.ts';
import { t } from '../../messages/index.ts';
import classes from './ImportReview.module.css';

type Code = ImportPreview['codes'][number];

/** Every code of the file that the branch does not know: a new code, the same as a known one, or left out on purpose. */
export function CodeDecisions({
  codes,
  onDecide,
}: {
  readonly codes: readonly Code[];
  readonly onDecide: (more: ImportDecisions) => void;
}): React.JSX.Element {
  const asked = codes.filter((code) => !code.known);
  const open = asked.filter((code) => code.decision === 'open');
  const known = [...new Set(codes.filter((code) => code.known).map((code) => code.code))].sort((a, b) => a.localeCompare(b));
  return (
    <section className={classes['section']} aria-label={t('importRota.codesTitle')}>
      <Group justify="space-between">
        <h2>{open.length > 0 ? t('importRota.codesOpen', { count: open.length }) : t('importRota.codesTitle')}</h2>
        {open.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => onDecide({ keepAllCodes: true })}>
            {t('importRota.codesKeepAll')}
          </Button>
        )}
      </Group>
      {asked.length === 0 ? (
        <p className={classes['quiet']}>{t('importRota.codesAllKnown')}</p>
      ) : (
        <ul className={classes['codes']}>
          {asked.map((code) => (
            <CodeRow key={code.code} code={code} known={known} onDecide={onDecide} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CodeRow({
  code,
  known,
  onDecide,
}: {
  readonly code: Code;
  readonly known: readonly string[];
  readonly onDecide: (more: ImportDecisions) => void;
}): React.JSX.Element {
  const choose = (value: string | null): void => {
    if (value === 'keep' || value === 'skip') onDecide({ codes: { [code.code]: { use: value } } });
    else if (value?.startsWith('map:')) onDecide({ codes: { [code.code]: { use: 'map', code: value.slice(4) } } });
  };
  const value = code.decision === 'map' ? `map:${code.mapsTo ?? ''}` : code.decision === 'open' ? null : code.decision;
  return (
    <li data-open={code.decision === 'open' || undefined}>
      <strong className={classes['code']}>{code.code}</strong>
      <span className={classes['quiet']}>{t('importRota.codeCount', { count: code.count })}</span>
      <Select
        size="xs"
        aria-label={t('importRota.codeDecision', { code: code.code })}
        placeholder={t('importRota.codeOpen')}
        searchable
        value={value}
        onChange={choose}
        data={[
          { value: 'keep', label: t('importRota.codeKeep') },
          { value: 'skip', label: t('importRota.codeSkip') },
          {
            group: t('importRota.codeMapGroup'),
            items: known.map((other) => ({ value: `map:${other}`, label: t('importRota.codeMap', { code: other }) })),
          },
        ]}
      />
    </li>
  );
}
