import type { FormEvent } from 'react';
import { type FieldValues, useForm } from 'react-hook-form';

interface Typed<Fields, Value> {
  /** What the fields show. */
  readonly values: Fields;
  /** What they mean; throws a sentence for a person. */
  readonly read: (fields: Fields) => Value;
  readonly onSave: (value: Value) => void;
}

/** A form of texts that are read when it is submitted; `refusal` says which one cannot be. */
export function useTypedForm<Fields extends FieldValues, Value>({
  values,
  read,
  onSave,
}: Typed<Fields, Value>) {
  const { control, register, handleSubmit, setError, formState } = useForm<Fields>({ values });
  const save = (fields: Fields) => {
    try {
      onSave(read(fields));
    } catch (failure) {
      setError('root', { message: String((failure as Error).message) });
    }
  };
  return {
    control,
    register,
    onSubmit: (event: FormEvent) => void handleSubmit(save)(event),
    refusal: formState.errors.root?.message,
  };
}
