import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Conflict } from '../../../shared/contract/app/merges.ts';
import type { Json } from '../../../shared/json.ts';
import { t } from '../../messages/index.ts';
import { Key } from './Key.tsx';
import { problemOfValue } from './value-control.ts';
import { ValueInput } from './ValueInput.tsx';
import style from './conflict.module.css';

/** Sets a value that neither side has. It is checked as it would be anywhere else. */
export function OtherValue({
  conflict,
  branch,
  start,
  onUse,
}: {
  readonly conflict: Pick<Conflict, 'entity' | 'field' | 'label'>;
  readonly branch: string;
  readonly start: Json;
  readonly onUse: (value: Json) => void;
}): React.JSX.Element {
  const [value, setValue] = useState<Json>(start);
  const [touched, setTouched] = useState(start !== null);
  const field = conflict.field ?? '';
  const problem = problemOfValue(conflict.entity.type, field, value);
  const use = (): void => {
    setTouched(true);
    if (problem === null) onUse(value);
  };
  return (
    <form
      className={style.otherForm}
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <Key letter="E" />
      <span className={style.otherLabel} aria-hidden>
        {t('merge.another')}
      </span>
      <div className={style.otherInput}>
        <ValueInput
          type={conflict.entity.type}
          field={field}
          label={t('merge.anotherName', { label: conflict.label })}
          value={value}
          branch={branch}
          problem={touched ? problem : null}
          onChange={(next) => {
            setValue(next);
            setTouched(true);
          }}
        />
      </div>
      <Button type="submit" variant="default" size="compact-sm" disabled={!touched || problem !== null}>
        {value === null && touched && problem === null ? t('merge.clearValue') : t('merge.useAnother')}
      </Button>
    </form>
  );
}
