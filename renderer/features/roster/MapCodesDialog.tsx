import { Button, Group, Modal, Radio, Select } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import type { CodeBook } from './code-book.ts';
import type { CodeDecision } from './gestures.ts';
import type { WaitingPaste } from './useClipboard.ts';
import style from './roster.module.css';

interface Props {
  readonly waiting: WaitingPaste;
  readonly book: CodeBook;
  readonly onClose: () => void;
}

/** Asks what unknown codes mean before anything is pasted. Leaving it changes nothing. */
export function MapCodesDialog({ waiting, book, onClose }: Props): React.JSX.Element {
  useFocusReturn();
  const [decisions, setDecisions] = useState<ReadonlyMap<string, CodeDecision>>(
    () => new Map(waiting.codes.map((code) => [code, { use: 'keep' }])),
  );
  const decide = (code: string, decision: CodeDecision): void => setDecisions(new Map(decisions).set(code, decision));
  const open = [...decisions.values()].some((decision) => decision.use === 'map' && decision.code === '');
  const choices = book.codes.map(({ code, name }) => ({ value: code, label: name === code ? code : `${code}  ${name}` }));
  return (
    <Modal opened onClose={onClose} title={t('roster.mapTitle', { count: waiting.codes.length })} size="lg">
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!open) waiting.decide(decisions);
        }}
      >
        <p className={style.hint}>{t('roster.mapText', { count: waiting.codes.length })}</p>
        {waiting.codes.map((code) => {
          const decision = decisions.get(code) ?? { use: 'keep' };
          return (
            <fieldset key={code} className={style.mapRow} style={{ border: 0, borderTop: '1px solid var(--rl-line)', margin: 0 }}>
              <legend>
                <b>{code}</b> · {t('roster.mapCount', { count: waiting.counts.get(code) ?? 0 })}
              </legend>
              <Radio
                name={`map ${code}`}
                checked={decision.use === 'keep'}
                label={t('roster.mapKeep')}
                onChange={() => decide(code, { use: 'keep' })}
              />
              <div className={style.mapChoice}>
                <Radio
                  name={`map ${code}`}
                  checked={decision.use === 'map'}
                  label={t('roster.mapTo')}
                  onChange={() => decide(code, { use: 'map', code: '' })}
                />
                <Select
                  searchable
                  aria-label={t('roster.mapTarget', { code })}
                  data={choices}
                  value={decision.use === 'map' && decision.code !== '' ? decision.code : null}
                  onChange={(target) => decide(code, { use: 'map', code: target ?? '' })}
                  comboboxProps={{ withinPortal: true }}
                />
              </div>
              <Radio
                name={`map ${code}`}
                checked={decision.use === 'skip'}
                label={t('roster.mapSkip')}
                onChange={() => decide(code, { use: 'skip' })}
              />
            </fieldset>
          );
        })}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={open} data-autofocus>
            {t('roster.mapPaste')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
