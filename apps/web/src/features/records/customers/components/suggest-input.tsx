import { Input } from 'antd';
import type { InputProps, InputRef } from 'antd';
import { useId } from 'react';
import type { Ref } from 'react';

interface SuggestInputProps extends InputProps {
  suggestions: readonly string[];
  ref?: Ref<InputRef>;
}

/** An input that offers what others like it hold already; anything else may be typed. */
export function SuggestInput({ suggestions, ...rest }: SuggestInputProps) {
  const id = useId();
  if (suggestions.length === 0) return <Input {...rest} />;
  return (
    <>
      <Input {...rest} list={id} autoComplete="off" />
      <datalist id={id}>
        {suggestions.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </datalist>
    </>
  );
}
